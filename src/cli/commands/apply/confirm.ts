// Asks a person for a yes or no. On standard error, so that results can be piped.

/** Asks; no is what Enter gives. Interrupting the question (Ctrl-C) is a no. */
export async function confirm(message: string): Promise<boolean> {
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule({ output: process.stderr });
  try {
    const answer = await prompt([
      { type: 'confirm', name: 'isYes', message, default: false },
    ]);
    return answer.isYes;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError')
      return false;
    throw error;
  }
}
