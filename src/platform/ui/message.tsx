import type { View } from '../http.ts'
import { fill } from '../text.ts'
import { platformWords } from '../words/index.ts'
import { Page } from './page.tsx'

/** A page that only says something: not found, not allowed, gone wrong. */
export function MessagePage({
  view,
  title,
  text,
  values = {},
}: {
  view: View
  title: string
  text: string
  values?: Record<string, string>
}) {
  return (
    <Page view={view} title={title}>
      <p>{fill(text, values)}</p>
      <div class="actions">
        <a class="button" href="/">
          {platformWords(view.lang).home}
        </a>
      </div>
    </Page>
  )
}
