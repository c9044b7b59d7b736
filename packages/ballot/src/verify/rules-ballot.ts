import { notCanonical, refused } from './rule.ts'

/** The ballots, the tally, its decryption and the result. */
export const ballotRules = {
  'ballot.form': refused(
    '4.15',
    'A ballot has exactly the fields of a ballot, each of its kind; otherwise it cannot be read.',
    'Surat suara memiliki persis isian surat suara; jika tidak, ia tidak dapat dibaca.',
  ),
  'ballot.canonical': refused(
    '4.15, observed',
    'A ballot is written in its one spelling, without white space; Belenios refuses others as well.',
    'Surat suara ditulis dengan satu-satunya cara, tanpa spasi; Belenios pun menolak yang lain.',
  ),
  'ballot.answers-canonical': notCanonical(
    'own: Belenios does not check it',
    'The answers of a ballot are written in their one spelling; Belenios accepts others. The vote is counted as it is, but a message may be hidden here.',
    'Jawaban surat suara ditulis dengan satu-satunya cara; Belenios menerima cara lain. Suaranya tetap terhitung, tetapi pesan dapat terselip di sini.',
  ),
  'ballot.uuid': refused('4.15', 'A ballot names this election.', 'Surat suara menyebut pemilihan ini.'),
  'ballot.fingerprint': refused(
    '4.15',
    'A ballot bears the fingerprint of this election: the voter saw these very questions and this key.',
    'Surat suara memuat sidik pemilihan ini: pemilih melihat persis pertanyaan dan kunci ini.',
  ),
  'ballot.credential-unknown': refused(
    '3.5.1',
    'A ballot bears a credential of the roll; otherwise somebody voted who may not.',
    'Surat suara memuat kredensial yang ada dalam daftar; jika tidak, ada yang memilih tanpa hak.',
  ),
  'ballot.shape': refused(
    '4.11.1',
    'A ballot answers every question, with one encrypted choice for each answer and every proof that belongs to it.',
    'Surat suara menjawab setiap pertanyaan, dengan satu pilihan tersandi per jawaban dan semua buktinya.',
  ),
  'ballot.scalar': refused(
    '4.2',
    'Every number in a proof is below the order of the group.',
    'Setiap bilangan dalam bukti lebih kecil dari orde grup.',
  ),
  'ballot.membership': refused(
    '4.11.1',
    'Every encrypted choice and the credential are elements of the group; with others, proofs say nothing.',
    'Setiap pilihan tersandi dan kredensial adalah anggota grup; dengan yang lain, bukti tidak berarti apa pun.',
  ),
  'ballot.individual-proof': refused(
    '4.11.1, 4.12',
    'A proof shows that each encrypted choice is 0 or 1; otherwise a voter could give a hundred votes, or minus one.',
    'Bukti menunjukkan setiap pilihan tersandi bernilai 0 atau 1; jika tidak, seseorang dapat memberi seratus suara, atau minus satu.',
  ),
  'ballot.overall-proof': refused(
    '4.11.1, 4.12, 4.13',
    'A proof shows that the number of choices is within the limits; otherwise a voter could choose too many.',
    'Bukti menunjukkan jumlah pilihan dalam batasnya; jika tidak, seseorang dapat memilih terlalu banyak.',
  ),
  'ballot.blank-proof': refused(
    '4.13',
    'A proof shows that a ballot is blank or chooses, not both.',
    'Bukti menunjukkan surat suara kosong atau memilih, tidak keduanya.',
  ),
  'ballot.hash': refused(
    '4.14',
    'The hash under the signature is that of this ballot.',
    'Hash pada tanda tangan adalah hash surat suara ini.',
  ),
  'ballot.signature': refused(
    '4.14',
    'A ballot is signed with the secret half of its credential; otherwise anybody could have written it.',
    'Surat suara ditandatangani dengan bagian rahasia kredensialnya; jika tidak, siapa pun dapat membuatnya.',
  ),
  'tally.form': refused(
    '4.16',
    'The encrypted tally is written in the one way the format has for it.',
    'Penghitungan tersandi ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'tally.product': refused(
    '4.16',
    'The encrypted tally is the product of the ballots that count; otherwise a ballot was left out, added or replaced.',
    'Penghitungan tersandi adalah hasil kali surat suara yang dihitung; jika tidak, ada yang dikeluarkan, ditambah, atau diganti.',
  ),
  'tally.num-tallied': refused(
    '4.16',
    'The tally names the number of ballots that count: the last one of each credential.',
    'Penghitungan menyebut jumlah surat suara yang dihitung: yang terakhir dari setiap kredensial.',
  ),
  'tally.total-weight': refused(
    '4.16',
    'The tally names the weight of the ballots that count.',
    'Penghitungan menyebut jumlah bobot surat suara yang dihitung.',
  ),
  'decryption.form': refused(
    '4.18',
    'A partial decryption is written in the one way the format has for it.',
    'Pembukaan sebagian ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'decryption.owner': refused(
    '4.18',
    'A partial decryption names a trustee of this election.',
    'Pembukaan sebagian menyebut pemegang kunci pemilihan ini.',
  ),
  'decryption.shape': refused(
    '4.18',
    'A partial decryption has a factor and a proof for each choice of each question.',
    'Pembukaan sebagian memiliki satu faktor dan satu bukti untuk setiap pilihan.',
  ),
  'decryption.scalar': refused(
    '4.2',
    'Every number in a proof of decryption is below the order of the group.',
    'Setiap bilangan dalam bukti pembukaan lebih kecil dari orde grup.',
  ),
  'decryption.membership': refused(
    '4.18',
    'Every decryption factor is an element of the group, in its one spelling.',
    'Setiap faktor pembukaan adalah anggota grup dengan satu-satunya penulisannya.',
  ),
  'decryption.proof': refused(
    '4.18',
    'A proof shows that the trustee decrypted this tally with the own key; otherwise the result could be made up.',
    'Bukti menunjukkan pemegang kunci membuka penghitungan ini dengan kuncinya sendiri; jika tidak, hasilnya dapat direka.',
  ),
  'decryption.missing': refused(
    '4.7, 4.19',
    'A result comes after the decryptions of all trustees who are needed.',
    'Hasil ada setelah semua pemegang kunci yang diperlukan membuka.',
  ),
  'decryption.consistent': refused(
    'own: a proof of decryption does not name the ciphertext',
    'Where more trustees who share a key decrypted than are needed, all of them open the tally to the same result; otherwise one of them cheated.',
    'Jika pemegang kunci bersama yang membuka lebih banyak daripada yang diperlukan, semuanya membuka hasil yang sama; jika tidak, ada yang curang.',
  ),
  'result.form': refused(
    '4.19',
    'The result is written in the one way the format has for it.',
    'Hasil ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'result.shape': refused(
    '4.19',
    'The result has a number for each choice of each question.',
    'Hasil memiliki satu bilangan untuk setiap pilihan.',
  ),
  'result.range': refused(
    'own: numbers are only equal modulo q',
    'No answer has more votes than were counted.',
    'Tidak ada jawaban dengan suara melebihi suara yang dihitung.',
  ),
  'result.total': refused(
    'own: what the proofs of all ballots say together',
    'All answers of a question together have as many votes as these ballots can give.',
    'Jumlah suara semua jawaban satu pertanyaan adalah jumlah yang dapat diberikan surat suara ini.',
  ),
  'result.value': refused(
    '4.19',
    'Each number of the result is what the tally decrypts to; otherwise the result is not what was voted.',
    'Setiap bilangan hasil adalah isi penghitungan yang dibuka; jika tidak, hasilnya bukan yang dipilih.',
  ),
} as const
