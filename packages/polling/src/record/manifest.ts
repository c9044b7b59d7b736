/** What the last entry says of all others, kind `record/1`: signed by the station and the chair. */
export type RecordManifest = {
  readonly format: 'melayani-record/1'
  readonly mode: 'real' | 'practice'
  /** hashOf the package's text. */
  readonly package: string
  readonly election: string
  readonly tps: string
  /** The latest version of the result in it. */
  readonly version: number
  readonly entries: readonly { readonly name: string; readonly size: number; readonly sha256: string }[]
}
export const manifestKind = 'record/1'
