// What RabbitMQ does when a design changes.
import type { ChangeWords } from '../change-words.ts';

export const rabbitmqChangeWords: ChangeWords = {
  groupLeft: {
    why: 'The queue of the group stays, and goes on filling as long as it is bound; at its limit it refuses what is published to its exchange. Its retries and dead letters stay too. A copy of the service that is still deployed as before loses the right to read.',
    hint: 'Take what consumes in "{group}" out of service and unbind its queue, then delete the queue once nobody needs what is in it.',
  },
  eventLeft: {
    why: 'The queue of the group stays, with all that waits in it. Messages that it got before it is unbound still come to the service, and one that has no handler for them gives them up or passes over them; the old binding goes on bringing more until somebody deletes it.',
    hint: 'Apply the design, which makes the new bindings; then delete the old one, and let "{service}" handle what its queue still holds of {lost} before it is deployed. The queue itself goes on: do not delete it.',
  },
  groupRenamed: {
    why: 'The queue is named after the group. A queue of a new name begins empty; the old one keeps what waits in it and goes on filling as long as it is bound, and its retries and dead letters are left behind.',
    hint: 'Keep the name with "group: {old}", or unbind the old queue and let its consumer read it empty before the new one is used.',
  },
  channelRenamed: {
    why: 'RabbitMQ does not rename an exchange: a new one is made, the queues stay bound to the old one too, and whoever is not deployed at the same time publishes to, or is bound to, the wrong one.',
    hint: 'Keep the name "{old}", or publish to both exchanges until every consumer is bound to the new one.',
  },
};
