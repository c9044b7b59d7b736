import { refused, unusable } from './rule.ts'

/** Framing, hashes and sequence: what the archive layer finds (`src/archive`). */
export const archiveRules = {
  'archive.empty': unusable(
    '4.4',
    'A file begins with the record BELENIOS; a file with nothing in it is no archive.',
    'Berkas diawali catatan BELENIOS; berkas kosong bukan arsip pemilihan.',
  ),
  'archive.begin': refused(
    '4.4',
    'The first record is {"version":1,"timestamp":"seconds"}, byte for byte, and its time is the archive’s.',
    'Catatan pertama adalah {"version":1,"timestamp":"detik"}, bita demi bita, dan waktunya adalah waktu arsip.',
  ),
  'archive.too-large': unusable(
    'own: limits of the reader',
    'No record is larger than the limit of this reader; what is larger is not read.',
    'Tidak ada catatan yang lebih besar dari batas pembaca ini; yang lebih besar tidak dibaca.',
  ),
  'archive.truncated': refused(
    '4.4',
    'Every record is there to its last byte; otherwise a part of the file is missing, perhaps only because copying was cut short.',
    'Setiap catatan utuh sampai bita terakhir; jika tidak, sebagian berkas hilang, mungkin hanya karena penyalinan terputus.',
  ),
  'archive.header': refused(
    '4.4, observed',
    'The header of a record has exactly the bytes of an old tar, so that two copies of an archive can be compared byte by byte.',
    'Kepala catatan persis seperti tar lama, sehingga dua salinan arsip dapat dibandingkan bita demi bita.',
  ),
  'archive.size': refused(
    '4.4, observed',
    'The size of a record is written as eleven octal digits; otherwise nobody knows where the next record begins.',
    'Ukuran catatan ditulis dengan sebelas angka oktal; jika tidak, awal catatan berikutnya tidak diketahui.',
  ),
  'archive.time': refused(
    '4.4, observed',
    'Every record bears the time of the archive, so that nobody learns when somebody voted.',
    'Setiap catatan memakai waktu arsip, sehingga tidak diketahui kapan seseorang memilih.',
  ),
  'archive.checksum': refused(
    '4.4, observed',
    'The checksum of a header fits its bytes; otherwise bytes were damaged or changed.',
    'Jumlah pemeriksa kepala catatan cocok dengan bitanya; jika tidak, ada bita yang rusak atau diubah.',
  ),
  'archive.name': refused(
    '4.4',
    'A record is called BELENIOS (the first one) or by the hash of its contents; nothing else belongs in an archive.',
    'Catatan bernama BELENIOS (yang pertama) atau bernama hash isinya; selain itu tidak termasuk arsip.',
  ),
  'archive.padding': refused(
    '4.4, observed',
    'A record is filled up with zeros, so that nothing can be hidden between two records.',
    'Sisa tempat catatan diisi nol, sehingga tidak ada yang dapat disembunyikan di antara dua catatan.',
  ),
  'archive.end-blocks': refused(
    '4.4, observed',
    'The file ends with its last record, without the empty blocks that other programs add.',
    'Berkas berakhir pada catatan terakhir, tanpa blok kosong tambahan dari program lain.',
  ),
  'record.hash': refused(
    '4.4',
    'The name of a record is the hash of its contents; otherwise the contents were changed after they were recorded.',
    'Nama catatan adalah hash isinya; jika tidak, isinya diubah setelah dicatat.',
  ),
  'record.shape': refused(
    '4.4, 4.10, 4.18',
    'A record that refers to others has exactly its fields, so that all readers see the same thing in it.',
    'Catatan yang merujuk catatan lain memiliki persis isian yang ditentukan, sehingga semua pembaca melihat hal yang sama.',
  ),
  'record.canonical': refused(
    'own: one text for one meaning',
    'A record that refers to others is written in the one way the format has for it.',
    'Catatan yang merujuk catatan lain ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'record.missing': refused(
    '4.4',
    'Everything that an event refers to stands before it; otherwise something was taken out of the archive.',
    'Semua yang dirujuk suatu peristiwa ada di depannya; jika tidak, ada yang diambil dari arsip.',
  ),
  'record.order': refused(
    '4.4',
    'The records of an event stand in the order of the format.',
    'Catatan suatu peristiwa berurutan sesuai format.',
  ),
  'record.unreferenced': refused(
    '4.4',
    'Every record belongs to an event; one that belongs to none was put in without being part of the election.',
    'Setiap catatan termasuk suatu peristiwa; yang tidak termasuk berarti disisipkan tanpa menjadi bagian pemilihan.',
  ),
  'event.shape': refused(
    '4.4',
    'An event has exactly the fields parent, height, type and payload.',
    'Peristiwa memiliki persis isian parent, height, type, dan payload.',
  ),
  'event.canonical': refused(
    'own: one text for one meaning',
    'An event is written in the one way the format has for it.',
    'Peristiwa ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'event.parent': refused(
    '4.4',
    'Every event names the hash of the event before it; a break in this chain means that something was removed, added or moved.',
    'Setiap peristiwa menyebut hash peristiwa sebelumnya; rantai yang putus berarti ada yang dihapus, ditambah, atau dipindah.',
  ),
  'event.height': refused(
    '4.4',
    'Events are numbered 0, 1, 2 and so on, without a gap.',
    'Peristiwa bernomor 0, 1, 2, dan seterusnya tanpa celah.',
  ),
  'event.payload': refused(
    '4.4',
    'An event names what it records, and the events that record nothing name nothing.',
    'Peristiwa menyebut apa yang dicatatnya, dan yang tidak mencatat apa pun tidak menyebut apa pun.',
  ),
  'event.order': refused(
    '4.4, enforced by us',
    'Events come in the order of an election: set-up, ballots, end of voting, tally, decryptions, result.',
    'Peristiwa berurutan seperti jalannya pemilihan: persiapan, surat suara, penutupan, penghitungan, pembukaan, hasil.',
  ),
  'event.second-setup': refused(
    '4.4, enforced by us',
    'An election is set up once.',
    'Pemilihan disiapkan satu kali saja.',
  ),
  'event.after-result': refused(
    '4.4, enforced by us',
    'Nothing follows the result.',
    'Tidak ada apa pun setelah hasil.',
  ),
  'event.duplicate-ballot': refused(
    '3.x, enforced by us',
    'The identical ballot is recorded once; a copy adds nothing and was put in by somebody else than the voter.',
    'Surat suara yang sama persis dicatat satu kali; salinannya tidak menambah apa pun dan tidak berasal dari pemilih.',
  ),
  'event.duplicate-owner': refused(
    '4.18, enforced by us',
    'A trustee decrypts once.',
    'Seorang pemegang kunci membuka satu kali saja.',
  ),
  'event.no-setup': unusable(
    '4.4',
    'An election begins with its set-up; without it there is nothing to judge by.',
    'Pemilihan diawali persiapannya; tanpa itu tidak ada dasar untuk memeriksa.',
  ),
  'event.unsupported': unusable(
    '4.17',
    'Shuffles belong to kinds of questions that this verifier cannot judge.',
    'Pengacakan dipakai untuk jenis pertanyaan yang tidak dapat diperiksa di sini.',
  ),
} as const
