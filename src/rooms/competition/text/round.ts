export const id = {
  navRounds: 'Putaran',
}
export const en: typeof id = {
  navRounds: 'Rounds',
}
