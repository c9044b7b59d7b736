export const id = {
  askSubject: 'Apakah inovasi ini masih berjalan?',
  askBody:
    'Paket layanan yang dijalankan {unit} tidak mempunyai kegiatan sejak {date}. Sampaikan apakah berhenti sementara, berhenti, atau berjalan di luar sistem; jawaban Anda ditampilkan di galeri.',
  questionTitle: 'Apakah {name} masih berjalan?',
  questionLead:
    'Tidak ada kasus yang ditangani sejak {date}, lebih dari 90 hari. Jawaban Anda ditampilkan kepada umum di halaman inovasinya.',
  questionAnswer: 'Keadaannya',
  'answer-paused': 'Berhenti sementara',
  'answer-stopped': 'Berhenti',
  'answer-outside': 'Berjalan di luar sistem',
  questionUntil: 'Sampai tanggal',
  questionUntilHint: 'Hanya untuk berhenti sementara. Setelah tanggal itu Anda ditanya lagi bila masih sepi.',
  questionWords: 'Penjelasan singkat',
  questionWordsHint: 'Ditampilkan kepada umum. Jangan menulis nama atau data orang.',
  questionSend: 'Kirim jawaban',
  questionSent: 'Jawaban disimpan dan ditampilkan di galeri.',
  questionKept: 'Jawaban yang disimpan',
  'answered-already': 'Pertanyaan ini sudah dijawab.',
  'day-past': 'Tanggal itu sudah lewat.',
  openQuestions: 'Menunggu jawaban Anda',
}
export const en: typeof id = {
  askSubject: 'Does this innovation still run?',
  askBody:
    'The service package that {unit} runs has had no activity since {date}. Say whether it is paused, stopped, or running outside the system; your answer is shown in the gallery.',
  questionTitle: 'Does {name} still run?',
  questionLead:
    'No case was handled since {date}, more than 90 days. Your answer is shown to the public on the page of the innovation.',
  questionAnswer: 'How things stand',
  'answer-paused': 'Paused',
  'answer-stopped': 'Stopped',
  'answer-outside': 'Running outside the system',
  questionUntil: 'Until',
  questionUntilHint: 'Only for a pause. After that day you are asked again if it is still quiet.',
  questionWords: 'Short explanation',
  questionWordsHint: 'Shown to the public. Do not write names or data of persons.',
  questionSend: 'Send the answer',
  questionSent: 'The answer is kept and shown in the gallery.',
  questionKept: 'The answer that was kept',
  'answered-already': 'This question was answered already.',
  'day-past': 'That day has passed.',
  openQuestions: 'Waiting for your answer',
}
