import type { JSX } from 'preact'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'score-sheet': JSX.HTMLAttributes<HTMLElement> & { action?: string }
      'run-progress': JSX.HTMLAttributes<HTMLElement> & { src?: string }
    }
  }
}
