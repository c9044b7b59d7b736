import type { ElectionPackage } from '../../format/index.ts'
import type { Block, Paper, PaperLang } from '../paper.ts'
import { officersPaper, type Place } from './head.ts'
import { practiceMark } from './slip.ts'
import { documentWords, figure } from './words.ts'

/**
 * The paper self-test at opening and after each new roll (R42), of every printer: letters of all sizes, solid black, fine lines and a code. Two
 * officers look at it and say whether it is readable (`paper-tested` in the log of a booth or desk, the zero report at the station), for thermal paper that lies the wrong way round comes out white without a fault.
 */
export function selfTest(content: ElectionPackage, lang: PaperLang = 'id'): Paper {
  const w = documentWords(lang)
  return {
    kind: 'self-test',
    lang,
    title: w.selfTest,
    blocks: [
      ...practiceMark(content, w.practice),
      { text: w.selfTest, size: 2, bold: true, centre: true, heading: 1 },
      { text: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789' },
      { text: 'ABC 123', size: 2 },
      { text: 'A 1', size: 3, bold: true },
      { text: w.selfTest, size: 3, inverse: true, centre: true },
      { rule: true },
      { text: '| | | | | | | | | | | | | | | | | | | | | | | |' },
      { text: w.selfTestAsk, bold: true },
      ...w.selfTestList.map((text, at): Block => ({ text: `${at + 1}. ${text}` })),
      { qr: w.selfTestQr, alt: w.selfTestQr },
      { text: w.selfTestNo },
      { cut: true },
    ],
  }
}

/** Millimetres of the roll that one voter uses, of every paper together, measured on the documents with photographs and rounded up. */
export const voterMillimetres = 260
const rollMetres = 80

/** Rolls of 80 m for one booth, if all who are in the roll come and are spread evenly, and a fifth more. */
export const rollsForBooth = (voters: number, booths: number): number =>
  Math.max(1, Math.ceil(((voters / booths) * voterMillimetres * 1.2) / 1000 / rollMetres))

/** What a polling place uses up, and how much of each it needs at least: by the package, the same for its own list and for who delivers it. */
export const stockOf = ({ tps, roll, rules, pool }: Pick<ElectionPackage, 'tps' | 'roll' | 'rules' | 'pool'>) => {
  const machines = tps.booths + tps.mobile
  return [
    ['paperRoll', machines * rollsForBooth(roll.count, tps.booths)],
    ['spareRoll', machines + tps.desks],
    ['sheets', (rules.copies.length + 2) * 4],
    ['tokens', pool.size],
    ['seals', 4 + 2 * machines],
    ['usb', 2 * machines],
    ['ink', Math.ceil(roll.count / 400)],
    ['battery', 1 + Math.ceil(machines / 3)],
  ] as const
}

/** What must lie ready before the polling place opens, with what is needed for this package. The column "there" is filled in by hand. */
export function consumables(place: Place): Paper {
  const { package: content, lang } = place
  return officersPaper(
    place,
    'consumables',
    (w) => w.consumables,
    (w) => [
      {
        table: {
          head: [w.item, w.need, w.have],
          rows: stockOf(content).map(([item, need]) => [w[item], figure(lang, need), '........']),
          numbers: [1],
        },
      },
    ],
  )
}
