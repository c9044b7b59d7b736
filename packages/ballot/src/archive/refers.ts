import type { ArchiveEvent, Owned, SetupData, SizedTally } from './events.ts'

/** What a data record is, known from the event that refers to it. */
export type Role =
  | 'election'
  | 'trustees'
  | 'public_credentials'
  | 'credentials_certificate'
  | 'setup_data'
  | 'ballot'
  | 'encrypted_tally'
  | 'sized_encrypted_tally'
  | 'shuffle'
  | 'owned'
  | 'partial_decryption'
  | 'result'

/** The records an event refers to, in the order in which they are written before it. */
export function recordsOf(
  { type, payload }: ArchiveEvent,
  { setup, sized, owned }: { setup?: SetupData; sized?: SizedTally; owned?: Owned },
): [Role, string][] {
  const list: [Role, string | undefined][] = []
  switch (type) {
    case 'Setup':
      list.push(['election', setup?.election], ['trustees', setup?.trustees])
      list.push(['public_credentials', setup?.credentials])
      list.push(['credentials_certificate', setup?.credentials_certificate], ['setup_data', payload])
      break
    case 'Ballot':
      list.push(['ballot', payload])
      break
    case 'EncryptedTally':
      list.push(['encrypted_tally', sized?.encrypted_tally], ['sized_encrypted_tally', payload])
      break
    case 'Shuffle':
      list.push(['shuffle', owned?.payload], ['owned', payload])
      break
    case 'PartialDecryption':
      list.push(['partial_decryption', owned?.payload], ['owned', payload])
      break
    case 'Result':
      list.push(['result', payload])
      break
    default:
      break
  }
  return list.filter((pair): pair is [Role, string] => pair[1] !== undefined)
}
