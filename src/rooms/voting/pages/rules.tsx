import type { View } from '#platform/http.ts'
import { formatNumber } from '#platform/text.ts'
import { Page, State, Table, type Tone } from '#platform/ui/index.ts'
import type { Election } from '../domain/election.ts'
import type { Profile, RuleName, Rules } from '../domain/profile.ts'
import { words } from '../text/index.ts'
import { PracticeNotice, withinTrail } from './parts.tsx'

const tones: Record<Rules['opens']['standing'], Tone> = {
  reported: 'calm',
  inferred: 'attention',
  setting: 'attention',
}

/** A rule as people read it. */
export function ruleText(view: View, rules: Rules, name: RuleName): string {
  const w = words(view.lang)
  const number = (n: number) => formatNumber(n, view.lang)
  switch (name) {
    case 'quorum': {
      const share = rules.quorum.value
      return share ? w.quorumOf.replace('{share}', `${share[0]}/${share[1]}`) : w.noQuorum
    }
    case 'extensions':
      return rules.extensions.value.map(number).join(' + ') || w.none
    case 'tie':
      return rules.tie.value.map((step, at) => `${at + 1}. ${w[`tie-${step}`]}`).join('; ') || w.none
    case 'single':
      return w[`single-${rules.single.value}`]
    case 'cutOff':
      return w[`cutOff-${rules.cutOff.value}`]
    case 'copies':
      return rules.copies.value.join(', ')
    case 'forms':
      return Object.values(rules.forms.value).join(', ')
    case 'opens':
    case 'closes':
      return rules[name].value.replace(':', view.lang === 'id' ? '.' : ':')
    default:
      return number(rules[name].value)
  }
}

/** Every rule that holds for an election, with how it is known. For everybody. */
export function RulesPage({ view, election, profile }: { view: View; election: Election; profile: Profile }) {
  const w = words(view.lang)
  const names = Object.keys(profile.rules) as RuleName[]
  return (
    <Page view={view} title={w.rulesTitle} lead={w.rulesLead} trail={withinTrail(view, election)}>
      <PracticeNotice view={view} mode={election.mode} />
      <p>
        {w.waveProfile}: {profile.name}. {profile.note[view.lang]}
      </p>
      <Table
        caption={w.rulesTitle}
        hideCaption
        rows={names}
        columns={[
          { head: w.rule, main: true, cell: (name) => w[`rule-${name}`] },
          { head: w.ruleValue, cell: (name) => ruleText(view, profile.rules, name) },
          {
            head: w.ruleStanding,
            cell: (name) => {
              const { standing, source } = profile.rules[name]
              return (
                <>
                  <State tone={tones[standing]}>{w[`standing-${standing}`]}</State>
                  <div class="small soft" lang="id">
                    {source}
                  </div>
                </>
              )
            },
          },
        ]}
      />
    </Page>
  )
}
