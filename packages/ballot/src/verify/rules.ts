import { profile, type Rule, refused, unusable } from './rule.ts'
import { archiveRules } from './rules-archive.ts'
import { ballotRules } from './rules-ballot.ts'
import { electionRules } from './rules-election.ts'

export type { Rule, RuleClass, Sentence } from './rule.ts'

/** The verifier's own bookkeeping: what was checked must be what the archive's own numbers require. */
const countRules = {
  'count.ballots': refused(
    'own: nothing goes unchecked',
    'As many ballots were checked as are recorded.',
    'Surat suara yang diperiksa sebanyak yang tercatat.',
  ),
  'count.proofs': refused(
    'own: nothing goes unchecked',
    'As many proofs were checked as the questions require of these ballots, trustees and decryptions.',
    'Bukti yang diperiksa sebanyak yang disyaratkan pertanyaan bagi surat suara, pemegang kunci, dan pembukaan ini.',
  ),
  'count.memberships': refused(
    'own: nothing goes unchecked',
    'As many group elements were checked as these ballots, trustees, credentials and decryptions hold.',
    'Anggota grup yang diperiksa sebanyak yang termuat dalam surat suara, pemegang kunci, kredensial, dan pembukaan ini.',
  ),
  'count.signatures': refused(
    'own: nothing goes unchecked',
    'As many signatures were checked as ballots and trustees must have given.',
    'Tanda tangan yang diperiksa sebanyak yang harus diberikan pada surat suara dan oleh pemegang kunci.',
  ),
  'count.records': refused(
    'own: nothing goes unchecked',
    'As many records were read as the events require.',
    'Catatan yang dibaca sebanyak yang disyaratkan peristiwa.',
  ),
  'count.hashes': refused(
    'own: nothing goes unchecked',
    'The hash of every record but the first was checked.',
    'Hash setiap catatan selain yang pertama telah diperiksa.',
  ),
} as const

/** What is demanded beyond the format: `--final` and `--profile pilkades`. */
const profileRules = {
  'profile.final': profile('own: --final', 'The election has a result.', 'Pemilihan sudah memiliki hasil.'),
  'pilkades.one-question': profile(
    'own: --profile pilkades',
    'A village head election asks one question.',
    'Pemilihan kepala desa mengajukan satu pertanyaan.',
  ),
  'pilkades.choose-one': profile(
    'own: --profile pilkades',
    'Exactly one candidate is chosen, or none where blank is allowed.',
    'Dipilih tepat satu calon, atau kosong jika diperbolehkan.',
  ),
  'pilkades.weight': profile('own: --profile pilkades', 'Every voter counts one.', 'Setiap pemilih bernilai satu.'),
  'pilkades.revote': profile(
    'own: --profile pilkades',
    'No credential votes twice: in a polling place a vote is cast once.',
    'Tidak ada kredensial yang memilih dua kali: di TPS suara diberikan satu kali.',
  ),
  'pilkades.alpha': profile(
    'own: --profile pilkades',
    'No two encrypted choices begin alike; otherwise two booths used the same randomness, and votes may be readable.',
    'Tidak ada dua pilihan tersandi berawal sama; jika ada, dua bilik memakai bilangan acak yang sama dan suara mungkin dapat dibaca.',
  ),
  'pilkades.ballot-order': profile(
    'own: --profile pilkades',
    'Ballots stand in the order of their hashes, so that nobody learns in which order people voted.',
    'Surat suara berurutan menurut hash, sehingga urutan orang memilih tidak diketahui.',
  ),
  'pilkades.credential-order': profile(
    'own: --profile pilkades',
    'The roll stands in the order of its credentials, so that it says nothing of the order of voters.',
    'Daftar berurutan menurut kredensialnya, sehingga tidak mengungkap urutan pemilih.',
  ),
} as const

/** The command's own. */
const inputRules = {
  'input.unreadable': unusable(
    'own',
    'The file can be opened and read to its end.',
    'Berkas dapat dibuka dan dibaca sampai akhir.',
  ),
} as const

/** Every rule that a finding can name. */
export const rules = {
  ...archiveRules,
  ...electionRules,
  ...ballotRules,
  ...countRules,
  ...profileRules,
  ...inputRules,
} as const satisfies Record<string, Rule>

export type RuleId = keyof typeof rules
export const ruleOf = (id: RuleId): Rule => rules[id]
