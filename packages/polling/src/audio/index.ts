export { type Prompt, type PromptKey, promptKeys, prompts, type Voice, voices } from './prompts.ts'
export { type Manifest, manifest, promptOf } from './sound.ts'
export { speakName } from './speak-name.ts'
export { openSpoken, type Picked, silentNames, spokenPages } from './spoken.ts'
