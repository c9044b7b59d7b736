/**
 * Canonical JSON: keys in the order of their code points, no space, text as JSON.stringify writes it. Two computers that
 * hold the same content get the same bytes, so the hash on a receipt can be checked by anybody who has the content.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`
}

/** The number on a receipt: KIPP-2017-0001 for the first entry of round "2017". */
export function receiptNumber(roundKey: string, number: number): string {
  return `KIPP-${roundKey.toUpperCase()}-${String(number).padStart(4, '0')}`
}
