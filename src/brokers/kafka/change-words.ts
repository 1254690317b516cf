// What Kafka does when a design changes.
import type { ChangeWords } from '../change-words.ts';

export const kafkaChangeWords: ChangeWords = {
  groupLeft: {
    why: "The cluster keeps the group's offsets for some time after its last member has left (offsets.retention.minutes, seven days by default), and its retry topics and dead letters until somebody deletes them. The topics that it read are not touched. A copy of the service that is still deployed as before loses the right to read.",
    hint: 'Take what consumes in "{group}" out of service first, then delete the group, and its retry and dead-letter topics once they are empty.',
  },
  eventLeft: {
    why: 'The group goes on reading the topic from its offsets and passes over what it has no subscription for: what was published before the change and is not handled yet is never handled. What waits in its retry topics or dead letters is handled by nobody.',
    hint: 'Let "{service}" catch up with {lost} and empty its retries and dead letters of them before it is deployed. The group itself goes on: delete nothing of it.',
  },
  groupRenamed: {
    why: "Offsets belong to the group's name. A group of a new name begins at its start position, so it reads everything again or misses what was not read yet; retry topics and dead letters of the old name are left behind.",
    hint: 'Keep the name with "group: {old}", or set the offsets of the new group to those of the old one before it is used.',
  },
  channelRenamed: {
    why: "Kafka does not rename a topic: a new one is made, the old one keeps its messages and its groups' offsets, and whoever is not deployed at the same time writes or reads in the wrong one.",
    hint: 'Keep the name "{old}", or run both topics until every consumer has worked off the old one.',
  },
};
