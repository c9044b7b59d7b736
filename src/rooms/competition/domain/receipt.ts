/** The number on a receipt: KIPP-2017-0001 for the first entry of round "2017". */
export function receiptNumber(roundKey: string, number: number): string {
  return `KIPP-${roundKey.toUpperCase()}-${String(number).padStart(4, '0')}`
}
