import type { View } from '#platform/http.ts'
import { fill, formatDate } from '#platform/text.ts'
import { Facts, Notice, Page, Square, TextField } from '#platform/ui/index.ts'
import type { PaperContent } from '../domain/paper.ts'
import { words } from '../text/index.ts'

/** For whoever holds a certificate in the hand. */
export function CheckPage({
  view,
  number,
  code,
  found,
  address,
}: {
  view: View
  number: string
  code: string
  /** What was found; null: nothing by that number and code; undefined: nothing was asked. */
  found: { at: Date; content: PaperContent } | null | undefined
  address: string
}) {
  const w = words(view.lang)
  return (
    <Page
      view={view}
      title={w.checkTitle}
      lead={found ? undefined : w.checkLead}
      trail={[{ href: '/replication', label: w.replicationTitle }]}
    >
      {found === null && (
        <div class="notice bad" role="alert">
          <p>{w.checkBad}</p>
        </div>
      )}
      {found ? (
        <>
          <Notice tone="good">
            <p>{fill(w.checkGood, { number })}</p>
          </Notice>
          <Facts
            facts={[
              [
                w.innovation,
                <a key="innovation" href={`/replication/innovations/${found.content.innovation.code}`}>
                  {found.content.innovation.name}
                </a>,
              ],
              [w.owner, found.content.owner],
              [w.adopter, found.content.adopter],
              ...(found.content.expansion ? [['', w.certificateExpansion] as const] : []),
              [w.checkGiven, formatDate(found.at, view.lang, view.zone)],
            ]}
          />
          <Square text={address} label={w.checkSquare} />
        </>
      ) : (
        <form method="get" action="/replication/certificates">
          <TextField name="number" label={w.checkNumber} value={number} />
          <TextField name="code" label={w.checkCode} value={code} />
          <div class="actions">
            <button type="submit">{w.checkNow}</button>
          </div>
        </form>
      )}
    </Page>
  )
}
