export const id = {
  apiTitle: 'Data terbuka (API)',
  apiLead: 'Data galeri dan putaran untuk program Anda: hanya baca, tanpa kunci, terbuka dari situs mana pun.',
  apiDescription: 'Uraian lengkap (OpenAPI 3.1)',
  apiParameters: 'Parameter',
  apiName: 'Nama',
  apiMeaning: 'Arti',
  apiType: 'Bentuk',
  apiAnswers: 'Jawaban',
  apiExample: 'Coba',
  apiShape: 'Bentuk data',
  apiField: 'Bagian',
  apiPolite:
    'Ambil halaman demi halaman dengan cursor, dan kirim kembali ETag dalam If-None-Match: jawaban yang tidak berubah hanya beberapa bita.',
  apiFiles: 'Seluruh galeri sebagai berkas',
  apiEnglish: 'Uraian teknis di bawah ini ditulis dalam bahasa Inggris, bahasa para pembuat program.',
}
export const en: typeof id = {
  apiTitle: 'Open data (API)',
  apiLead: 'The data of the gallery and the rounds for your programs: read only, no key, open from any site.',
  apiDescription: 'The whole description (OpenAPI 3.1)',
  apiParameters: 'Parameters',
  apiName: 'Name',
  apiMeaning: 'Meaning',
  apiType: 'Type',
  apiAnswers: 'Answers',
  apiExample: 'Try it',
  apiShape: 'Shape of the data',
  apiField: 'Field',
  apiPolite:
    'Go page by page with the cursor, and send the ETag back in If-None-Match: an unchanged answer is a few bytes.',
  apiFiles: 'The whole gallery as a file',
  apiEnglish: 'The technical description below is in English.',
}
