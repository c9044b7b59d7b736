import { refused, unusable } from './rule.ts'

/** The set-up: election, trustees, roll of allowed ballots. */
export const electionRules = {
  'election.form': refused(
    '4.10',
    'The election is written in the one way the format has for it, so that all readers see the same questions.',
    'Data pemilihan ditulis dengan satu-satunya cara yang ditentukan format, sehingga semua pembaca melihat pertanyaan yang sama.',
  ),
  'election.unsupported': unusable(
    '4.9, 4.10',
    'The election is of version 1, over a group of this version, with questions whose answers are added up; others cannot be judged here.',
    'Pemilihan berversi 1, memakai grup dari versi itu, dan jawabannya dijumlahkan; yang lain tidak dapat diperiksa di sini.',
  ),
  'election.public-key': refused(
    '4.7, 3.1.1',
    'The key under which votes are encrypted is the product of the trustees’ keys; otherwise somebody else may be able to read single votes.',
    'Kunci penyandian suara adalah hasil kali kunci para pemegang kunci; jika tidak, orang lain mungkin dapat membaca suara satu per satu.',
  ),
  'election.neutral': refused(
    'own: nothing is hidden by the key 1',
    'The key under which votes are encrypted is not 1, as it is when the trustees’ keys cancel each other; otherwise everybody can read every vote.',
    'Kunci penyandian suara bukan 1, yang terjadi jika kunci para pemegang kunci saling meniadakan; jika 1, semua orang dapat membaca setiap suara.',
  ),
  'trustee.form': refused(
    '4.7',
    'The list of trustees is written in the one way the format has for it.',
    'Daftar pemegang kunci ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'trustee.scalar': refused(
    '4.2',
    'Every number in a trustee’s proof is below the order of the group.',
    'Setiap bilangan dalam bukti pemegang kunci lebih kecil dari orde grup.',
  ),
  'trustee.membership': refused(
    '4.5',
    'A trustee’s key is an element of the group, in its one spelling; with another, proofs say nothing.',
    'Kunci pemegang kunci adalah anggota grup dengan satu-satunya penulisannya; dengan yang lain, bukti tidak berarti apa pun.',
  ),
  'trustee.neutral': refused(
    'own: nobody holds the secret 0',
    'A trustee’s key is not 1, whose secret everybody knows.',
    'Kunci pemegang kunci bukan 1, yang rahasianya diketahui semua orang.',
  ),
  'trustee.distinct': refused(
    'own: each trustee holds a key of their own',
    'No two trustees have the same key; otherwise there are fewer of them than it seems.',
    'Tidak ada dua pemegang kunci dengan kunci yang sama; jika ada, jumlah mereka lebih sedikit dari yang tampak.',
  ),
  'trustee.pok': refused(
    '4.5',
    'Each trustee proves to know the secret half of the key; otherwise a key could be made up to cancel the others.',
    'Setiap pemegang kunci membuktikan bahwa ia mengetahui bagian rahasianya; jika tidak, suatu kunci dapat dibuat untuk meniadakan yang lain.',
  ),
  'trustee.single': refused(
    'own: nothing that no rule checks',
    'A trustee who decrypts alone has no signature beside the key: there is nothing that it would sign.',
    'Pemegang kunci tunggal tidak memiliki tanda tangan di samping kuncinya: tidak ada yang ditandatanganinya.',
  ),
  'trustee.threshold': refused(
    '4.6.7',
    'At least one and at most all of the trustees who share a key are needed to decrypt.',
    'Untuk membuka diperlukan sedikitnya satu dan paling banyak semua pemegang kunci bersama.',
  ),
  'trustee.size': refused(
    '4.6.7',
    'There is a certificate, a polynomial and a key for each trustee who shares a key.',
    'Setiap pemegang kunci bersama memiliki satu sertifikat, satu polinomial, dan satu kunci.',
  ),
  'trustee.generation': refused(
    '3.x',
    'The parts that came with version 3 are all there or none is: context, signatures, signed keys.',
    'Bagian yang ada sejak versi 3 lengkap atau tidak ada sama sekali: konteks, tanda tangan, kunci yang ditandatangani.',
  ),
  'trustee.cert': refused(
    '4.6.2',
    'Each trustee who shares a key signed the certificate.',
    'Setiap pemegang kunci bersama menandatangani sertifikatnya.',
  ),
  'trustee.cert-form': refused(
    '4.6.2',
    'A certificate is written in the one way the format has for it.',
    'Sertifikat ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'trustee.context': refused(
    '3.x',
    'A certificate names this group, this number of trustees, this threshold and its own place; otherwise it was made for another election.',
    'Sertifikat menyebut grup ini, jumlah dan ambang pemegang kunci ini, dan urutannya sendiri; jika tidak, ia dibuat untuk pemilihan lain.',
  ),
  'trustee.coefexps': refused(
    '4.6.4',
    'Each trustee who shares a key signed the commitment to a polynomial.',
    'Setiap pemegang kunci bersama menandatangani komitmen polinomialnya.',
  ),
  'trustee.coefexps-form': refused(
    '4.6.4',
    'The commitment to a polynomial is written in the one way the format has for it, with as many coefficients as trustees are needed.',
    'Komitmen polinomial ditulis dengan satu-satunya cara yang ditentukan format, dengan koefisien sebanyak pemegang kunci yang diperlukan.',
  ),
  'trustee.signatures': refused(
    '3.x',
    'Each trustee who shares a key signed all certificates together with the own polynomial: all saw the same thing.',
    'Setiap pemegang kunci bersama menandatangani semua sertifikat beserta polinomialnya: semua melihat hal yang sama.',
  ),
  'trustee.verification-key': refused(
    '4.6.4',
    'The key of each trustee who shares a key follows from all polynomials; otherwise a part of the secret is held by somebody else.',
    'Kunci setiap pemegang kunci bersama mengikuti semua polinomial; jika tidak, sebagian rahasia dipegang orang lain.',
  ),
  'trustee.key-signature': refused(
    '3.x',
    'Each trustee who shares a key signed it.',
    'Setiap pemegang kunci bersama menandatangani kuncinya.',
  ),
  'credential.form': refused(
    '4.8',
    'The roll of allowed ballots is written in the one way the format has for it.',
    'Daftar kredensial yang berhak ditulis dengan satu-satunya cara yang ditentukan format.',
  ),
  'credential.duplicate': refused(
    '3.1, step 7',
    'No credential stands twice in the roll; otherwise its holder would be counted as two.',
    'Tidak ada kredensial yang tercantum dua kali; jika ada, pemegangnya terhitung sebagai dua orang.',
  ),
  'credential.membership': refused(
    '4.8',
    'Every credential in the roll is an element of the group, in its one spelling.',
    'Setiap kredensial dalam daftar adalah anggota grup dengan satu-satunya penulisannya.',
  ),
  'credential.neutral': refused(
    'own: everybody could vote with it',
    'No credential is 1, whose secret everybody knows.',
    'Tidak ada kredensial bernilai 1, yang rahasianya diketahui semua orang.',
  ),
  'credential.weight': refused(
    'own: sums must not wrap round',
    'All weights together are below the order of the group; otherwise two results could look alike.',
    'Jumlah semua bobot lebih kecil dari orde grup; jika tidak, dua hasil yang berbeda dapat tampak sama.',
  ),
} as const
