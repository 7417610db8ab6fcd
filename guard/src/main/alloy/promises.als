/*
 * What guard, server and store promise together, the flaws that break it, and the histories that must be possible. The
 * head of guard.als says what is modelled and what is not. "expect 0" is a promise kept, "expect 1" a history found.
 */
module promises
open guard

/* "Verify, commit, tell": nothing is told or signed before the commit, and a receipt only for what was judged right. */
pred toldIsJudged { always (Seen.verdicts in Journal.rows and Seen.receipts in Journal.rows & right) }
/* "A challenge is judged once": one verdict and at most one receipt for it, whatever is sent with it. */
pred judgedOnce { always all c: Challenge | lone Seen.verdicts & of.c and lone Seen.receipts & of.c }
/* The same to a hostile server, whom a folded challenge is a new one to: one until its judgement is folded. */
pred judgedOnceUntilFolded { always all c: Challenge |
  lone (Seen.verdicts & of.c) - onceFolded and lone (Seen.receipts & of.c) - onceFolded
}
/* "A draw passes once, whatever the server's database says." */
pred drawPassesOnce { always all d: Draw | lone Seen.receipts & draws.d }
/* "Parallel guesses gain nothing": a card never has more judged failures than its cap, told or not. */
pred capExact { always (#(Journal.rows & wrong) =< 2 and #(Seen.verdicts & wrong) =< 2) }
/*
 * "A judgement reaches the store, once": it is there, or where a sweep finds it, and a guard still has its row to tell
 * of; what was told is there.
 */
pred reachesStoreOnce { always {
  all r: Journal.rows | r in Store.settled or (r.of in Store.(live + ended) and r in unfolded)
  no Seen.twice and Seen.told in Store.settled and Store.settled in Journal.rows
} }
/* "Nobody is told": what was replaced, suspended or swept before it was told never is. */
pred endedIsUntold { always all t: Attempt |
  t.of in Store.ended and t not in Seen.told implies always t not in Seen.told
}
/* "Rollback is noticed": a call made after something was told is not judged on a journal that lacks it. */
pred oldJournalNoticed { always all a, t: Attempt |
  t in Seen.told and verify[a] implies always (commit[a] implies t in Journal.rows)
}
/* The same, weaker: or its verdict is at least never told. */
pred oldJournalUntold { always all a, t: Attempt |
  t in Seen.told and verify[a] implies always (commit[a] and t not in Journal.rows implies always a not in Seen.told)
}
/* "Rollback is noticed": nothing is settled by a store that has forgotten the challenge of something told. */
pred oldStoreNoticed { always all s: Server, r: Attempt | settle[s, r] implies Seen.told.of in known }
/* What core banking would see: no draw's pass is told twice. */
pred toldOnce { always all d: Draw | lone Seen.told & right & draws.d }
/* Nothing is judged on a journal that lacks a verdict which ever left a guard. */
pred noneMissing { always all a: Attempt | commit[a] implies Seen.verdicts in Journal.rows }

pred world[f: Flaw, p: Power] { World.flaw = f and World.powers = p }

/* The promises. */
check theGuardKeepsItsPromisesToAnyServer {
  world[none, Hostile + Folds] implies toldIsJudged and judgedOnceUntilFolded and drawPassesOnce and capExact
} for 3 but exactly 4 Attempt, exactly 2 Guard, exactly 1 Server, exactly 8 steps expect 0
check everyJudgementReachesTheStoreOnce {
  world[none, Folds] implies reachesStoreOnce and endedIsUntold and judgedOnce and drawPassesOnce
}
for 2 but exactly 3 Attempt, exactly 2 Guard, exactly 2 Server, exactly 9 steps expect 0
check anOldJournalIsNoticed { world[none, OldJournal + Folds] implies oldJournalNoticed and toldOnce }
for 2 but exactly 3 Attempt, exactly 2 Guard, exactly 1 Server, exactly 10 steps expect 0
check anOldStoreIsNoticed {
  world[none, OldStore + Folds] implies oldStoreNoticed and judgedOnce and drawPassesOnce
}
for 2 but exactly 3 Attempt, exactly 1 Guard, exactly 2 Server, exactly 12 steps expect 0
check aKeptLogNoticesBothPutBackAlsoFromAHostileServer {
  world[none, Power] implies noneMissing and judgedOnceUntilFolded and drawPassesOnce and capExact
} for 2 but exactly 3 Attempt, exactly 2 Guard, exactly 1 Server, exactly 9 steps expect 0

/* What is not noticed, and why each rule is there. */
check holeBothPutBackWithoutTheLog { world[none, OldJournal + OldStore] implies toldOnce }
for 2 but exactly 3 Attempt, exactly 1 Guard, exactly 1 Server, exactly 12 steps expect 1
check holeOldJournalUnderAHostileServerWithoutTheLog { world[none, OldJournal + Hostile] implies drawPassesOnce }
for 2 but exactly 3 Attempt, exactly 1 Guard, exactly 1 Server, exactly 10 steps expect 1
check holeFoldedChallengeUnderAHostileServer { world[none, Hostile + Folds] implies judgedOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 9 steps expect 1

check flawTellsBeforeCommit { world[TellsBeforeCommit, none] implies toldIsJudged }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 6 steps expect 1
check flawLooksBeforeCommit { world[LooksBeforeCommit, Hostile] implies capExact }
for 3 but exactly 3 Attempt, exactly 2 Guard, exactly 1 Server, exactly 8 steps expect 1
check flawJudgesAgain { world[JudgesAgain, none] implies judgedOnce }
for 2 but exactly 3 Attempt, exactly 2 Guard, exactly 2 Server, exactly 8 steps expect 1
check flawPassesDrawAgain { world[PassesDrawAgain, none] implies drawPassesOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 8 steps expect 1
check flawIgnoresCap { world[IgnoresCap, Hostile] implies capExact }
for 3 but exactly 3 Attempt, exactly 1 Guard, exactly 1 Server, exactly 8 steps expect 1
check flawSignsWhatRetrySays { world[SignsWhatRetrySays, Hostile] implies judgedOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 6 steps expect 1
check flawSweepsUnasked { world[SweepsUnasked, none] implies reachesStoreOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 6 steps expect 1
check flawRecallOnlyReads { world[RecallOnlyReads, none] implies reachesStoreOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 6 steps expect 1
check flawSettlesAgain { world[SettlesAgain, none] implies reachesStoreOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 2 Server, exactly 8 steps expect 1
check flawNoHead { world[NoHead, OldJournal] implies oldJournalUntold }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 11 steps expect 1
check flawHeadOfOneGuard { world[HeadOfOneGuard, OldJournal] implies oldJournalUntold }
for 2 but exactly 2 Attempt, exactly 2 Guard, exactly 1 Server, exactly 11 steps expect 1
check flawNumberInReply { world[NumberInReply, OldJournal] implies oldJournalUntold }
for 3 but exactly 3 Attempt, exactly 1 Guard, exactly 1 Server, exactly 14 steps expect 1
check flawNoTail { world[NoTail, OldStore] implies oldStoreNoticed }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 12 steps expect 1
check flawFoldsUnsettled { world[FoldsUnsettled, Folds] implies reachesStoreOnce }
for 2 but exactly 1 Attempt, exactly 1 Guard, exactly 1 Server, exactly 6 steps expect 1
check flawAnswersBeforeFold { world[AnswersBeforeFold, Folds + OldStore] implies judgedOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 11 steps expect 1
check flawTellsPartAfterFold { world[AnswersBeforeFold, Folds + OldStore] implies oldStoreNoticed }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 13 steps expect 1
check flawFoldForgetsDraws { world[FoldForgetsDraws, Folds] implies drawPassesOnce }
for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 10 steps expect 1
check flawFoldForgetsFailures { world[FoldForgetsFailures, Hostile + Folds] implies capExact }
for 3 but exactly 3 Attempt, exactly 1 Guard, exactly 1 Server, exactly 8 steps expect 1

/* The histories that must be possible: the list of tests. */
run aPassIsTold { world[none, none] and eventually some Seen.told & right }
for 2 but exactly 1 Attempt, exactly 1 Guard, exactly 1 Server, exactly 6 steps expect 1
run retryWithAnotherAnswerGetsTheFirstVerdict {
  world[none, none] and some disj a, b: Attempt | a.says = Wrong and b.says = Right and
    eventually (a in Journal.rows and reply[b] and after eventually a in Seen.told)
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 8 steps expect 1
run guardStopsBetweenVerifyAndCommit {
  world[none, none] and some disj a, b: Attempt | a.of = b.of and a.at != b.at and
    eventually (a in Memory.held and guardStops[a.at] and after eventually b in Seen.told)
} for 2 but exactly 2 Attempt, exactly 2 Guard, exactly 1 Server, exactly 8 steps expect 1
run twoGuardsVerifyOneCommits {
  world[none, none] and some disj a, b: Attempt | a.of = b.of and a.at != b.at and a.from != b.from and
    eventually (a + b in Memory.held and after (commit[a] and after (reply[b] and after eventually a in Seen.told)))
} for 2 but exactly 2 Attempt, exactly 2 Guard, exactly 2 Server, exactly 8 steps expect 1
run replacedWhileJudged {
  world[none, none] and some disj c, d: Challenge, s: Server, a: says.Right | a.of = c and
    eventually (c in Store.live and commit[a] and after eventually (ask[d] and after eventually settle[s, a]))
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 8 steps expect 1
run suspendedAndServerStoppedThenSwept {
  world[none, none] and some a: says.Wrong, u: says.Unanswered, disj s, z: Server | a.of = u.of and eventually (
    a in s.heard and after eventually (serverStops[s] and
    after eventually (reply[u] and after eventually settle[z, a]))) and eventually end
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 2 Server, exactly 10 steps expect 1
run closedWhileTheAnswerIsVerified {
  world[none, none] and some a: right, u: says.Unanswered | a.of = u.of and
    eventually (a in Memory.held and u in Journal.rows and a.of in Store.settled.of)
} for 2 but exactly 2 Attempt, exactly 2 Guard, exactly 1 Server, exactly 8 steps expect 1
run drawSpentByAReplacedChallenge {
  world[none, none] and some disj a, b: says.Right | a.of != b.of and some a.draws & b.draws and
    eventually (a in Journal.rows and b in Memory.held and a in Store.settled and a not in Seen.told)
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 10 steps expect 1
run capReachedWhileVerified {
  world[none, Hostile] and eventually (#(Journal.rows & wrong) = 2 and
    some a: Memory.held & right | a.of not in Journal.rows.of)
} for 3 but exactly 3 Attempt, exactly 2 Guard, exactly 1 Server, exactly 8 steps expect 1
run aCallIsRefusedOnAnOldJournal {
  world[none, OldJournal] and some disj c, d: Challenge | eventually (c in Seen.told.of and journalPutBack
    and after eventually (d in Store.live and Store.settled not in Journal.rows))
} for 2 but exactly 2 Attempt, exactly 2 Guard, exactly 1 Server, exactly 8 steps expect 1
run anOldStoreHealsByRetry {
  world[none, OldStore] and some r: says.Right, s: Server | eventually (r in Seen.told and storePutBack
    and after (r.of in Store.live and eventually settle[s, r]))
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 10 steps expect 1
run anOldStoreTellsNothing {
  world[none, OldStore] and eventually (some r: Server.heard | r.of in Store.live and Seen.told.of not in known)
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 11 steps expect 1
run foldedWhileAnotherAnswerIsVerified {
  world[none, Folds] and some disj a, b: Attempt | a.of = b.of and a.at != b.at and
    eventually (a in Seen.told and b in Memory.held and after (a in Journal.folded and b in Memory.held))
} for 2 but exactly 2 Attempt, exactly 2 Guard, exactly 1 Server, exactly 8 steps expect 1
run judgingGoesOnMeanwhile {
  world[none, Folds] and some disj a, b: Attempt | a.says = Wrong and b.says = Right and
    eventually (a in Journal.folded and b not in Memory.called and after eventually b in Seen.told)
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 12 steps expect 1
run aStoreFromBeforeAFoldTellsNothing {
  world[none, OldStore + Folds] and some disj a, b: Attempt | a.of = b.of and
    eventually (a in Seen.told and a in Journal.folded and storePutBack and after eventually b in Memory.held)
} for 2 but exactly 2 Attempt, exactly 1 Guard, exactly 1 Server, exactly 10 steps expect 1
