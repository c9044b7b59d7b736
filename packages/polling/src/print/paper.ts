/** What a paper is. The audit box takes slips only; the voter keeps the receipt; the rest is for officers and the wall. */
export const paperKinds = [
  'slip', // struk audit
  'receipt', // tanda terima
  'opening', // hasil UJI
  'self-test', // uji kertas
  'zero-report', // laporan nol
  'head', // catatan tiap jam
  'incident', // BA insiden
  'reconciliation', // lembar rekonsiliasi
  'verification', // laporan verifikasi
  'result', // sertifikat hasil TPS
  'plano',
  'codes', // daftar kode lacak untuk dinding
  'minutes', // berita acara
  'refusal', // alasan pemilih belum dapat dilayani
  'stamp', // cap token
  'consumables', // daftar bahan habis pakai
] as const
export type PaperKind = (typeof paperKinds)[number]
export type PaperLang = 'id' | 'en'

export type TextBlock = {
  readonly text: string
  /** Times the height of the body; on the roll 1 is 3 mm, 2 is 6 mm, 3 is 9 mm. */
  readonly size?: 1 | 2 | 3
  readonly bold?: true
  readonly centre?: true
  /** White on black: marks such as BATAL that nobody may overlook. */
  readonly inverse?: true
  /** A heading for screen readers, in PDF. */
  readonly heading?: 1 | 2
}

/** One thing on a paper, from top to bottom. */
export type Block =
  | TextBlock
  | { readonly pairs: readonly (readonly [label: string, value: string])[] }
  | {
      readonly table: {
        readonly head: readonly string[]
        readonly rows: readonly (readonly string[])[]
        /** Columns of numbers, counted from 0, which stand to the right. */
        readonly numbers: readonly number[]
      }
    }
  /** JPEG in base64, `mm` wide. */
  | { readonly photo: string; readonly mm: number; readonly alt: string }
  /** Error correction M, modules of at least 0.4 mm (R41). `alt` says what it holds. */
  | { readonly qr: string; readonly alt: string }
  | { readonly signatures: readonly (readonly [role: string, name: string])[] }
  | { readonly rule: true }
  /** Empty lines. */
  | { readonly feed: number }
  | { readonly cut: true }

/** A document as data: the same in every printer, in PDF and in a test. */
export type Paper = {
  readonly kind: PaperKind
  readonly lang: PaperLang
  readonly title: string
  readonly blocks: readonly Block[]
  /** What the foot of every A4 page says beside "1/3": the short hashes. */
  readonly foot?: string
}
