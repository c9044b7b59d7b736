import { h } from 'preact'
import type { View } from '#platform/http.ts'
import { TextField } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

/** The search of the gallery. With the script `search-suggest` (name it in the page's islands) it offers while one types. */
export function SearchField({ view, value }: { view: View; value?: string }) {
  const w = words(view.lang)
  return h(
    'search-suggest',
    {
      src: '/gallery/suggest',
      label: w.suggestions,
      count: w.suggested,
      single: w.suggestedOne,
      none: w.suggestedNone,
    },
    <TextField
      name="q"
      label={w.searchLabel}
      hint={w.searchHint}
      type="search"
      value={value}
      maxlength={200}
      autocomplete="off"
    />,
  )
}
