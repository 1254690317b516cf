// What a broker does when a design changes, in its own words: full sentences that reviews of changes print as reasons and
// remedies. What holds for every broker stands with the change itself.

export interface ChangeWords {
  /** What becomes of a group in which nobody reads any more, and what is to be done about it. */
  readonly groupLeft: Told;
  /** What becomes of an event that a group no longer consumes, while it goes on with others. */
  readonly eventLeft: Told;
  /** What becomes of a group that goes on under another name. */
  readonly groupRenamed: Told;
  /** How a channel gets another name. */
  readonly channelRenamed: Told;
}

/** A reason, and the remedy that fits it. */
export interface Told {
  readonly why: string;
  /** May name the change's own placeholders, as its catalogue declares them. */
  readonly hint: string;
}
