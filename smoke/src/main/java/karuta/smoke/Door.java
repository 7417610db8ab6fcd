package karuta.smoke;

import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.CardRecord;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.GetChallengeRequest;
import karuta.v1.GetSubjectRequest;
import karuta.v1.Subject;
import karuta.v1.UnlockCardRequest;

/// One of the two ways in. Both carry the same messages, so every check can go through either.
interface Door {
  Challenge activate(ActivateCardRequest request);

  Challenge create(CreateChallengeRequest request);

  Challenge get(GetChallengeRequest request);

  AnswerChallengeResponse answer(AnswerChallengeRequest request);

  Subject subject(GetSubjectRequest request);

  CardRecord record(GetCardRecordRequest request);

  Subject unlock(UnlockCardRequest request);
}
