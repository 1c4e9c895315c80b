/** An epic as people write it, in two dialects, with subtasks, comments and a link. */
export const EPIC = `# 🚀 Sign in

People sign in with one account.

### 🔧 US-001: Log in

| Field | Value |
| --- | --- |
| **Story Points** | 5 |
| **Priority** | 🟡 High |
| **Status** | 🔄 In Progress |

#### User Story

**As a** customer
**I want** to log in
**So that** I see my orders

#### Acceptance Criteria

- [x] A wrong password is told
- [ ] Three wrong ones wait

#### Subtasks

| # | Subtask | Description | SP | Status |
| --- | --- | --- | --- | --- |
| 1 | Form | The two fields | 2 | ✅ Done |
| 2 | Session | A cookie | 3 | 📋 Planned |

#### Comments

> **@ann** (2026-01-15): Use the design of March.

### ✅ US-002: Log out

> **Story Points**: 1
> **Status**: Done

**As a** customer
**I want** to log out
**So that** nobody else sees them

#### Acceptance Criteria

- [ ] The cookie is gone

#### Links

- blocked by US-001
`;
