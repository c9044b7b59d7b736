import type { View } from '#platform/http.ts'
import { Page } from '#platform/ui/index.ts'
import { words } from '../text/index.ts'

export function AboutPage({ view }: { view: View }) {
  const w = words(view.lang)
  return (
    <Page view={view} title={w.aboutTitle} lead={w.aboutLead}>
      <p>{w.aboutWhat}</p>
      <h2>{w.aboutData}</h2>
      <p>{w.aboutDataText}</p>
      {view.demo && <p>{w.aboutDemo}</p>}
      <h2>{w.missing}</h2>
      <p>{w.missingText}</p>
      <h2>{w.privacy}</h2>
      <p>{w.privacyText}</p>
      <h2>{w.credits}</h2>
      <ul>
        <li>
          {w.creditRegions} <a href="https://opendatacommons.org/licenses/odbl/1-0/">ODbL 1.0</a>
        </li>
        <li>
          {w.creditMap} <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>
        </li>
        <li>
          {w.creditFont} <a href="https://openfontlicense.org/">OFL 1.1</a>
        </li>
        <li>{w.creditCode}</li>
      </ul>
    </Page>
  )
}
