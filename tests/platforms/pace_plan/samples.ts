/** Plans in the three shapes that they have had, as people write them. */
export const DAYS = `# The plan of the shop
pace_version: "1.0"   # kept in quotes
product: Shop
start_date: 2025-03-03

days:
  # first the cart
  - day: 1
    week: 1
    target: Put things into a cart   # the heart of it
    gate_criterion: 'It holds ten things'
    notes: |
      Begin small.

      # no comment
  - day: 2
    target: "Pay: by card"
    human_gate: true
    notes:
  - {day: 3, target: Refund, notes: short}
`;

export const STORIES = `release: v2
context_version: 4
stories:
- id: story-1
  title: A cart
  status: shipped
  shipped_at: 2025-03-04
- id: story-2
  status: in_progress   # since Monday
  title: 'It''s paid'
- id: story-4
  title: >-
    A refund
    of all
  status: hold
`;

export const THEMES = `sprint:
  goal: A shop
  duration_days: 2
days:
  - day: 1
    theme: The cart
    stories:
      - id: cart-add
        title: Add
        status: shipped
        acceptance_criteria:
          - Ten things fit
      - title: Remove
        notes: "One\\nTwo"
  - day: 2
    theme: Pay
`;
