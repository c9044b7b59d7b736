export { wordCount } from '#platform/text.ts'
