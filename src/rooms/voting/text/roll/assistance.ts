export const id = {
  assistance: 'Formulir pendamping {tps} (PDF)',
  assistanceHint:
    'Formulir kosong untuk pemilih yang didampingi; cetak secukupnya. Namanya dapat lain menurut peraturan setempat.',
  assistanceTitle: 'Surat pernyataan pendamping pemilih',
  assistanceBody:
    '{village}, {tps}, {date}. Diisi dan ditandatangani sebelum pemilih masuk ke bilik. Satu formulir untuk satu pemilih.',
  assistanceVoter: 'Nama pemilih',
  assistanceWhy: 'Perlu didampingi karena',
  assistanceReasons: '(   ) penglihatan   (   ) gerak atau tangan   (   ) usia lanjut   (   ) lainnya: ..............',
  assistanceName: 'Nama pendamping',
  assistanceTie: 'Hubungan dengan pemilih',
  assistanceVoterSays: 'Pemilih: Saya sendiri yang memilih pendamping ini.',
  assistanceSays:
    'Pendamping: Saya membantu menurut kehendak pemilih, tidak mengarahkan pilihannya, bukan calon atau saksi calon, dan tidak memberitahukan pilihannya kepada siapa pun.',
  assistanceSecret: 'Formulir ini tidak pernah memuat pilihan. Disimpan bersama daftar hadir TPS.',
  assistanceSignVoter: 'Pemilih (tanda tangan atau cap jempol)',
  assistanceSignHelper: 'Pendamping',
  assistanceSignChair: 'Ketua KPPS',
}

export const en: typeof id = {
  assistance: 'Companion form {tps} (PDF)',
  assistanceHint:
    'An empty form for voters who come with a companion; print as many as are needed. Local regulations may call it otherwise.',
  assistanceTitle: 'Statement of a voter’s companion',
  assistanceBody:
    '{village}, {tps}, {date}. Filled in and signed before the voter goes to the booth. One form for one voter.',
  assistanceVoter: 'Name of the voter',
  assistanceWhy: 'Needs a companion because of',
  assistanceReasons: '(   ) sight   (   ) movement or hands   (   ) old age   (   ) other: ..............',
  assistanceName: 'Name of the companion',
  assistanceTie: 'What they are to the voter',
  assistanceVoterSays: 'The voter: I chose this companion myself.',
  assistanceSays:
    'The companion: I help as the voter wishes, do not direct the choice, am neither a candidate nor a candidate’s witness, and tell nobody what was chosen.',
  assistanceSecret: 'This form never has the choice on it. It is kept with the attendance list of the polling place.',
  assistanceSignVoter: 'Voter (signature or thumb)',
  assistanceSignHelper: 'Companion',
  assistanceSignChair: 'Chair of the polling place',
}
