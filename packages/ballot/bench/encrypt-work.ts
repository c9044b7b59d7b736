import { drawCredential } from '../src/cast/credential.ts'
import { type Booth, openBooth } from '../src/cast/encrypt.ts'
import type { GroupName } from '../src/group/group.ts'
import { platformRandom } from '../src/random.ts'
import { ask, keyedElection } from '../test/keyed-election.ts'

/** What `bench/encrypt.ts` measures, in Node or in a page, where it is put on the window. */
const booths = new Map<string, Booth>()

/** Opens a booth for a question with three candidates, with or without blank. */
export function open(group: GroupName, blank: boolean): void {
  const { text } = keyedElection(group, [ask(3, 1, 1, blank ? 1 : 0)])
  booths.set(`${group} ${blank}`, openBooth(text))
}

/** So many ballots for the second choice. */
export function encrypt(group: GroupName, blank: boolean, times: number): void {
  const credential = drawCredential(platformRandom)
  const choices = [[0, 1, 0, ...(blank ? [0] : [])]]
  for (let at = 0; at < times; at++) booths.get(`${group} ${blank}`)!.encrypt(credential, choices, platformRandom)
}
