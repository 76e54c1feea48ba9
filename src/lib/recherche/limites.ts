/** The longest question that is read. */
export const QUESTION_MAX = 200;
