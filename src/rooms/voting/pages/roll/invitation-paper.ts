import { fill, formatDate } from '#platform/text.ts'
import { type ReceiptLetter, receiptLetters } from '#platform/ui/receipt-letters.ts'
import { wholeAddress } from '../../domain/roll/fixed.ts'
import { invitationCode, type PrintOrder, slotOf } from '../../domain/roll/invitation.ts'
import { words } from '../../text/index.ts'

type Invited = { number: number; no: number; name: string; address: string; hamlet: string; rt: string; rw: string }

/** Printed on white; the word stands beside the colour, for those who do not tell colours apart and for grey printers. */
const colours: Record<string, string> = {
  ...{ hijau: '#1f8a4c', kuning: '#f2c230', biru: '#2467b0', merah: '#c23030' },
  ...{ putih: '#ffffff', jingga: '#e8812a', ungu: '#7a4aa0', cokelat: '#7a5230' },
}
const zones: Record<string, string> = { 'Asia/Jakarta': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Jayapura': 'WIT' }

/** Invitations for the printer, each with its receipt, in the order of the houses (R32). Times are local "HH:MM". */
export function invitationPaper(order: PrintOrder, list: readonly Invited[]): ReadableStream<Uint8Array> {
  const w = words(order.lang)
  const subhead = fill(w.paperElection, { village: order.village })
  const letter = (one: Invited): ReceiptLetter => {
    const tps = fill(w.tpsNo, { n: one.number })
    const slot = slotOf(one.no, order.voters, order)
    const hour = `${slot.from.replace(':', '.')}–${slot.until.replace(':', '.')} ${zones[order.zone] ?? ''}`
    const address = wholeAddress(one)
    return {
      head: order.practice ? `${w['mode-practice'].toUpperCase()} · ${w.paperInvitation}` : w.paperInvitation,
      subhead,
      facts: [
        { term: w.paperVoter, value: one.name, bold: true },
        { term: w.address, value: address },
        { term: w.paperRollNo, value: `${one.no} · ${tps}`, bold: true },
        { term: w.paperDay, value: formatDate(order.held, order.lang), bold: true },
        { term: w.paperHour, value: hour, bold: true },
        { term: w.paperPlace, value: [order.place, order.placeAddress].filter(Boolean).join(', ') },
        { term: w.paperColour, value: order.colour },
      ],
      note: w.paperBring,
      square: invitationCode(order.election, one.number, one.no),
      colour: colours[order.colour] ?? '#888888',
      receipt: {
        head: w.paperReceipt,
        bold: `${tps} · ${one.no}`,
        name: one.name,
        address,
        sign: `${w.paperReceived}:`,
      },
    }
  }
  return receiptLetters(
    {
      lang: order.lang,
      title: `${w.invitationsTitle}, ${order.village}`,
      author: subhead,
      at: new Date(`${order.held}T00:00:00Z`),
    },
    list,
    letter,
  )
}
