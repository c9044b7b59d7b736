/** The public texts on which the shipped rounds rest, by the code used in their `sources`. */
const titles: Record<string, string> = {
  '123DOK23': '123dok: Penulisan Proposal KIPP 2023',
  DECK21: 'Paparan praktik SINOVIK 2021 (Kementerian PANRB)',
  JATIM: 'github.com/hamkaamin/jatim_berdasi',
  JPNN17: 'jpnn.com, KIPP 2017',
  K161: 'Keputusan Menteri PANRB 161/2021',
  MENPAN17: 'menpan.go.id, KIPP 2017',
  MENPAN20b: 'menpan.go.id, Top 99 KIPP 2020',
  MENPAN21: 'menpan.go.id, KIPP 2021',
  MENPAN22: 'menpan.go.id, KIPP 2022',
  MENPAN23: 'menpan.go.id, KIPP 2023',
  MENPAN25a: 'menpan.go.id, pleno Tim Evaluasi KIPP 2025',
  MENPAN25b: 'menpan.go.id, tahap akhir KIPP 2025',
  NTT: 'Formulir JIPP Nusa Tenggara Timur',
  NUSAKINI18: 'nusakini.com, KIPP 2018',
  'P7-21': 'Peraturan Menteri PANRB 7/2021',
  REVIEW20: 'Panduan Review SINOVIK 2020',
  SEED001: 'klikfakta, November 2016',
  SLIDE22: 'Kisi-kisi KIPP 2022 (slideshare)',
}

/** What a source code stands for; an unknown one is shown as it is. */
export const sourceTitle = (code: string): string => titles[code] ?? code
