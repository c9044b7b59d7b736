import type { ElectionPackage } from '../format/index.ts'

export type PrinterState = 'ready' | 'paper-low' | 'paper-out' | 'jam' | 'cover-open' | 'cutter-fault' | 'offline'
export type MediumState = { readonly name: string; readonly state: 'good' | 'lost' | 'missing' }

/** What stands at the head and foot of every screen of a device, so that nobody has to look for it. */
export type ScreenStatus = {
  readonly device: { readonly as: 'station' | 'desk' | 'booth' | 'ceremony' | 'practice'; readonly number?: number }
  /** None before a package was taken. */
  readonly package?: Pick<ElectionPackage, 'mode' | 'tps' | 'election'> & { readonly hash: string }
  readonly stage?: 'preparing' | 'open' | 'paused' | 'closed'
  readonly media?: readonly MediumState[]
  readonly printer?: PrinterState
}
