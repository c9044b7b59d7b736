import batanghari from '../data/profiles/batanghari.json' with { type: 'json' }
import boyolali from '../data/profiles/boyolali.json' with { type: 'json' }
import sleman from '../data/profiles/sleman.json' with { type: 'json' }
import { type Profile, profileShape } from '../domain/profile.ts'

/** The legal profiles that are shipped, checked when they are first read. */
export const profiles: readonly Profile[] = [sleman, boyolali, batanghari].map((content) => profileShape.parse(content))
export const findProfile = (key: string): Profile | undefined => profiles.find((profile) => profile.key === key)

/** The profile of an election that was added before this rule was known has it as the shipped profile does. */
export const withRegistration = (profile: Profile): Profile =>
  profile.rules.registration
    ? profile
    : {
        ...profile,
        rules: { ...profile.rules, registration: (findProfile(profile.key) ?? profiles[0]!).rules.registration },
      }
