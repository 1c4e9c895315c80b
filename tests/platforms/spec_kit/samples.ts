/** A feature as Spec Kit makes it, with what people add by hand. */
export const SPEC = `# Feature Specification: Checkout

**Feature Branch**: \`001-checkout\`
**Created**: 2025-03-01
**Status**: Draft

## User Scenarios & Testing

### User Story 1 - Pay by card (Priority: P1)

A buyer pays by card.

**Why this priority**: No shop without it.

---

### User Story 2 - Refund (Priority: P2) 🎯

A buyer gets the money back.

### Edge Cases

- What if it is empty?
`;

export const TASKS = `---
description: "Task list"
---

# Tasks: Checkout

**Input**: Design documents

## Format: \`[ID] [P?] [Story] Description\`

## Phase 1: Setup (Shared Infrastructure)

- [x] T001 Create the project
- [ ] T002 [P] Configure linting

## Phase 2: Foundational

- [ ] T003 Set up the database
      with two tables
- [-] T004 [P] Cache

## Phase 3: User Story 1 - Pay by card (Priority: P1) 🎯 MVP

### Tests

- [ ] T005 [P] [US1] Contract test in tests/card.ts
- [ ] T006 [US1] Card form <!-- pace:in_progress -->

\`\`\`bash
- [ ] T900 no task
\`\`\`

<!--
- [ ] T901 no task either
-->

## Phase 4: Polish

- [ ] T1007 Docs
* plain item
`;
