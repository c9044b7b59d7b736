import type { View } from '#platform/http.ts'
import { fill, formatDate, formatDateTime, type Lang } from '#platform/text.ts'
import { Facts, Page } from '#platform/ui/index.ts'
import { openPaper, type PaperView } from '#platform/ui/paper.ts'
import type { Receipt } from '../domain/proposal.ts'
import type { Rules } from '../domain/round.ts'
import { words } from '../text/index.ts'
import { ProposalStateMark, proposalPath } from './proposal.tsx'
import { Zones } from './zones.tsx'

export const receiptPath = (number: string) => `/competition/receipts/${number}`

/** What a receipt says to everybody, on the page and on paper alike. */
function publicFacts(receipt: Receipt, rules: Rules, lang: Lang) {
  const w = words(lang)
  const labelOf = (list: Rules['groups'] | Rules['categories'], key: string | null) =>
    list.find((each) => each.key === key)?.label[lang] ?? key ?? '–'
  return [
    { key: 'number', label: w.receiptNumber, value: receipt.number },
    { key: 'title', label: w.title, value: receipt.content.title },
    { key: 'agency', label: w.agency, value: receipt.agencyName },
    { key: 'unit', label: w.unit, value: receipt.unitName },
    { key: 'round', label: w.round, value: rules.name[lang] },
    { key: 'group', label: w.group, value: labelOf(rules.groups, receipt.content.group) },
    { key: 'category', label: w.category, value: labelOf(rules.categories, receipt.content.category) },
    {
      key: 'received',
      label: w.receivedAt,
      value: (['WIB', 'WITA', 'WIT'] as const)
        .map((zone) => formatDateTime(receipt.arrived, lang, zone, true))
        .join('\n'),
    },
    { key: 'verdict', label: w.verdict, value: w[`verdict-${receipt.verdict}`] },
    ...(receipt.content.figures ?? []).map((of) => ({
      key: `figures-${of.service}`,
      label: w.liveTitle,
      value: `${of.names[lang] ?? of.names.id ?? of.package}: ${of.figures.length}, ${formatDate(of.day, lang)}, SHA-256 ${of.hash}`,
    })),
    { key: 'hash', label: w.hash, value: receipt.hash.toString('hex') },
  ] as const
}

/** The public receipt: what was received, when, and how anybody can check it. Prints on one sheet. */
export function ReceiptPage({
  view,
  receipt,
  rules,
  mine,
}: {
  view: View
  receipt: Receipt
  rules: Rules
  mine: boolean
}) {
  const w = words(view.lang)
  const shown = publicFacts(receipt, rules, view.lang).map(({ key, label, value }) => {
    if (key === 'number') return [label, <strong key={key}>{value}</strong>] as const
    if (key === 'received') return [label, <Zones key={key} at={receipt.arrived} lang={view.lang} />] as const
    if (key !== 'hash') return [label, value] as const
    return [
      label,
      <code key={key} class="hash">
        {value}
      </code>,
    ] as const
  })
  return (
    <Page view={view} title={fill(w.receiptTitle, { number: receipt.number })} lead={w.receiptLead}>
      <Facts
        facts={[
          ...shown,
          // Numbers run in order, so anybody can guess one: how the entry fared is for its owners.
          ...(mine
            ? [[w.receiptState, <ProposalStateMark key="s" state={receipt.state} lang={view.lang} />] as const]
            : []),
        ]}
      />
      <div class="actions">
        <a class="button quiet" href={`${receiptPath(receipt.number)}/receipt.pdf`}>
          {w.receiptPdf}
        </a>
      </div>
      {receipt.content.figures && (
        <p>
          <a href={`${receiptPath(receipt.number)}/figures`}>{w.liveCheck}</a>
        </p>
      )}
      <h2>{w.howToCheck}</h2>
      <p>{w.howToCheckText}</p>
      <pre>
        <code>sha256sum content.json</code>
      </pre>
      {mine && (
        <p>
          <a href={`${proposalPath(receipt.proposal)}/content.json`}>{w.downloadContent}</a>
        </p>
      )}
      <p class="soft">{w.print}</p>
    </Page>
  )
}

/** The same on paper, for the files. The same for everybody: it never says how the entry fared. */
export function drawReceipt(
  receipt: Receipt,
  rules: Rules,
  { lang, demo, address }: PaperView,
): Promise<Uint8Array<ArrayBuffer>> {
  const w = words(lang)
  const { number, arrived } = receipt
  const paper = openPaper({ lang, title: fill(w.receiptTitle, { number }), number, at: arrived, demo })
  paper.paragraph(w.receiptPaperLead)
  const own = publicFacts(receipt, rules, lang).filter(({ key }) => key !== 'number')
  paper.facts(own.map(({ label, value }) => [label, value]))
  paper.heading(w.howToCheck)
  paper.paragraph(w.howToCheckText)
  paper.check(address, w.receiptCheck)
  return paper.close()
}
