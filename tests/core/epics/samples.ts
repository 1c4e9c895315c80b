/** One epic in each dialect, as people write them. */

export const TABLE = `# 🚀 Checkout

**Epic ID**: SHOP-100

What the checkout is for.

## Stories

### 📋 US-001: Pay by card ✅

| Field | Value |
|-------|-------|
| **Story Points** | 5 |
| **Priority** | 🟡 High |
| **Status** | 🔄 In Progress |
| **Owner** | somebody |

**As a** customer
**I want** to pay by card
**So that** I need no cash

#### Acceptance Criteria

- [ ] The card is checked
- [x] A receipt is sent

#### Subtasks

| # | Subtask | Description | SP | Status |
|---|---------|-------------|----|--------|
| 1 | Form | The form \\| its fields | 2 | ✅ Done |
| 2 | Gateway | Calls the bank | 3 | Planned |

#### Technical Notes

Use the \`cards\` service.

\`\`\`md
### US-999: Not a story
| **Status** | Done |
\`\`\`

#### Links

- Blocks: US-002
- related to SHOP-7

#### Related Commits

| Commit | Message |
|--------|---------|
| \`abc1234\` | Add the form |

#### Comments

> **@ann** (2026-01-02): Looks good.
> And more.

> **@ben**: When?

---

### US-002: Refund

| **Story Points** | x |
|---|---|
| **Status** | Planned |

<!--
### US-003: Hidden
-->

- a list
  ### US-004: In a list
    - **Status**: Done
`;

export const BOLD = `## Epic: PAY-1 - Payments

**Status**: In Progress

### PAY_10: Pay
**Story Points:** 3
**Priority**: p0
**Depends on**: PAY_11, OTHER-9

Text of the story.

#### Subtasks
- [x] Done one (2 SP) - said here
- [ ] Second: what it is
- [-] Given up
- [ ] x

### PAY_11: Later
**State**: Won't fix

## Epic: PAY-2

### #12: Numbered
**Status**: incomplete
`;

export const QUOTE = `# Payments

### US-1: Pay

> **Priority**: Low
> **Status**: Testing
> **Story Points**: 8

Text.

> **Tracker**: Jira
> **Issue**: [SHOP-9](https://example.org/browse/SHOP-9)
> **Last Synced**: 2026-01-02 10:00 UTC
`;

export const ONE = `# US-7: A story of its own

> **Status**: Done
> **Points**: 2

## User Story

**As a** reader
**I want** one file
**So that** it is found

## Acceptance Criteria

- [x] It is read

## Subtasks

| Number | Task | Status | Est |
|---|---|---|---|
| 1 | Write | Done | 2 |
| 2 | Read | Planned | when there is time |
`;
