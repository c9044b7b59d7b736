export const id = {
  navJudging: 'Penilaian',
}
export const en: typeof id = {
  navJudging: 'Judging',
}
