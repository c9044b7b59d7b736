/** The calendar day (YYYY-MM-DD) of an instant where the election is held. */
export const localDay = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
