import { fill, formatDate, type Lang } from '#platform/text.ts'
import { type ReceiptLetter, receiptLetters } from '#platform/ui/receipt-letters.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import { words } from '../../text/index.ts'

/** What an invitation says. Times are local "HH:MM". */
export type Invitation = {
  number: number
  no: number
  name: string
  address: string
  hamlet: string
  rt: string
  rw: string
  /** Of the square: see `invitationCode`. */
  code: string
  slot: { from: string; until: string }
  place: string
  placeAddress: string
  colour: string
}
export type InvitationHead = { lang: Lang; village: string; held: string; zone: string; practice: boolean }

/** Printed on white; the word stands beside the colour, for those who do not tell colours apart and for grey printers. */
const colours: Record<string, string> = {
  ...{ hijau: '#1f8a4c', kuning: '#f2c230', biru: '#2467b0', merah: '#c23030' },
  ...{ putih: '#ffffff', jingga: '#e8812a', ungu: '#7a4aa0', cokelat: '#7a5230' },
}
const zones: Record<string, string> = { 'Asia/Jakarta': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Jayapura': 'WIT' }

/** Invitations for the printer, each with its receipt, in the order of the houses (R32). */
export function invitationPaper(head: InvitationHead, list: readonly Invitation[]): ReadableStream<Uint8Array> {
  const w = words(head.lang)
  const subhead = fill(w.paperElection, { village: head.village })
  const letter = (one: Invitation): ReceiptLetter => {
    const tps = fill(w.tpsNo, { n: one.number })
    const hour = `${one.slot.from.replace(':', '.')}–${one.slot.until.replace(':', '.')} ${zones[head.zone] ?? ''}`
    return {
      head: head.practice ? `${w['mode-practice'].toUpperCase()} · ${w.paperInvitation}` : w.paperInvitation,
      subhead,
      facts: [
        { term: w.paperVoter, value: one.name, bold: true },
        { term: w.address, value: wholeAddress(one) },
        { term: w.paperRollNo, value: `${one.no} · ${tps}`, bold: true },
        { term: w.paperDay, value: formatDate(head.held, head.lang), bold: true },
        { term: w.paperHour, value: hour, bold: true },
        { term: w.paperPlace, value: [one.place, one.placeAddress].filter(Boolean).join(', ') },
        { term: w.paperColour, value: one.colour },
      ],
      note: w.paperBring,
      square: one.code,
      colour: colours[one.colour] ?? '#888888',
      receipt: {
        head: w.paperReceipt,
        bold: `${tps} · ${one.no}`,
        name: one.name,
        address: wholeAddress(one),
        sign: `${w.paperReceived}:`,
      },
    }
  }
  return receiptLetters(
    {
      lang: head.lang,
      title: `${w.invitationsTitle}, ${head.village}`,
      author: subhead,
      at: new Date(`${head.held}T00:00:00Z`),
    },
    list.map(letter),
  )
}
