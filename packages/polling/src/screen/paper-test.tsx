import type { PaperState } from '../format/index.ts'
import { Button, Notice } from './form.tsx'
import type { Lang } from './language.ts'

const id = {
  head: 'Kertas printer',
  untested: 'Belum diuji sejak printer menyala, kertasnya habis, atau tutupnya dibuka. Cetak uji kertas.',
  readable: 'Sudah diuji: terbaca. Sesudah mengganti gulungan, uji lagi.',
  unreadable: 'Tidak terbaca. Balik atau ganti gulungan, lalu uji lagi.',
  print: 'Cetak uji kertas',
  look: 'Lihat kertasnya: tulisan hitam, kotak penuh, garis tidak putus, kode terbaca, kertas terpotong?',
  failed: 'Uji kertas tidak tercetak. Perbaiki printer, lalu coba lagi.',
  good: 'Uji kertas terbaca',
  bad: 'Uji kertas tidak terbaca',
}
const en: typeof id = {
  head: 'Printer paper',
  untested: 'Not tested since the printer was started, ran out of paper or was opened. Print a paper test.',
  readable: 'Tested: readable. After changing the roll, test again.',
  unreadable: 'Not readable. Turn or change the roll, then test again.',
  print: 'Print a paper test',
  look: 'Look at the paper: black text, full box, whole lines, code readable, paper cut?',
  failed: 'The paper test was not printed. Mend the printer, then try again.',
  good: 'The paper test is readable',
  bad: 'The paper test is not readable',
}
const all = { id, en }
export const paperWords = (lang: Lang): typeof id => all[lang]

/** `printed`: a test lies there and waits for two officers. `failed`: it did not come out. */
export type PaperTest = { readonly state: PaperState; readonly test?: 'printed' | 'failed' | undefined }

/** The paper of a device's own printer: print a test, then two officers say what they see (R42). Posts to /paper, /paper/good, /paper/bad. */
export function PaperTested({ lang, state, test }: PaperTest & { lang: Lang }) {
  const words = paperWords(lang)
  return (
    <>
      <h2>{words.head}</h2>
      <p>
        <span class={`state ${state === 'readable' ? 'good' : 'bad'}`}>{words[state]}</span>
      </p>
      {test === 'failed' && (
        <Notice kind="bad">
          <p>{words.failed}</p>
        </Notice>
      )}
      {test === 'printed' && (
        <>
          <p>{words.look}</p>
          <Button action="/paper/good" label={words.good} />
          <Button action="/paper/bad" label={words.bad} kind="grave" />
        </>
      )}
      <Button action="/paper" label={words.print} kind="quiet" />
    </>
  )
}
