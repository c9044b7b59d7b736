import { Hono } from 'hono'
import type { Env } from '#platform/http.ts'
import { account } from './account.tsx'
import { agencies } from './agencies.tsx'
import { audit } from './audit.tsx'
import { care } from './care.tsx'
import { factor } from './factor.tsx'
import { imports } from './import.tsx'
import { invitations } from './invitations.tsx'
import { profile } from './profile.tsx'
import { regions } from './regions.tsx'
import { reset } from './reset.tsx'
import { unitImports } from './unit-import.tsx'

export const routes = new Hono<Env>()
for (const part of [account, profile, reset, factor, care, invitations, regions, imports, unitImports, audit, agencies])
  routes.route('/', part)
