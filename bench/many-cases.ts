import { countNightly, figuresOf, writeStories } from '#services'
import { storiesOfChildren } from '../src/demo/cases/children.ts'
import { realSize } from '../src/demo/cases/run.ts'
import { storiesOfWomen } from '../src/demo/cases/women.ts'
import { type Figure, withService } from './service-at-work.ts'

const villages = Array.from({ length: 7 }, (_, i) => `351020200${i + 1}`)

/** Real sizes: 1,000 women of ten sellers and the 5,191 children of Banyuwangi, played by the engine and written; counted and published. */
export async function benchManyCases(): Promise<Figure[]> {
  const figures: Figure[] = []
  const from = new Date('2026-03-03T00:00:00+07:00')
  const until = new Date('2027-01-20T00:00:00+07:00')
  await withService('laskar-penjaja-sayur', { seller: ['laskar', ''], midwife: ['bidan', ''] }, async (at) => {
    const people = { sellers: [at.people.seller], midwife: at.people.midwife, head: at.people.midwife }
    const stories = storiesOfWomen({ women: realSize.women, villages, people, from, until })
    figures.push(...(await writing('women', at, stories, until)))
  })
  const posts = {
    operator: ['operator', ''],
    visitor: ['petugas', ''],
    office: ['dinas', ''],
    school: ['sekolah', ''],
  } as const
  await withService('garda-ampuh', posts, async (at) => {
    const stories = storiesOfChildren({ children: realSize.children, villages, people: at.people, from, until })
    figures.push(...(await writing('children', at, stories, until)))
  })
  return figures
}

async function writing(
  who: string,
  { db, clock, service }: Pick<Parameters<Parameters<typeof withService>[2]>[0], 'db' | 'clock' | 'service'>,
  stories: Parameters<typeof writeStories>[2],
  until: Date,
): Promise<Figure[]> {
  clock.set(until)
  const begun = performance.now()
  const { cases, events } = await writeStories(db, service, stories, until)
  const written = performance.now()
  await countNightly(db, until)
  const counted = performance.now()
  if (!(await figuresOf(db, service))) throw new Error('nothing was published')
  return [
    {
      name: `${stories.length.toLocaleString('en')} ${who} played and written`,
      value: (written - begun) / 1000,
      unit: 's',
      note: `${cases.toLocaleString('en')} cases, ${events.toLocaleString('en')} events; ${Math.round((1000 * events) / (written - begun))} events/s`,
    },
    {
      name: `${stories.length.toLocaleString('en')} ${who} counted twice and published`,
      value: (counted - written) / 1000,
      unit: 's',
      note: `${(((counted - written) * 1000) / (2 * cases)).toFixed(0)} µs a case and count`,
    },
  ]
}

if (import.meta.main) console.table(await benchManyCases())
