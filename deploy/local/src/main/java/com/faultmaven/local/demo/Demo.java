package com.faultmaven.local.demo;

import java.io.PrintStream;
import java.net.URI;

/**
 * One troubleshooting case through the whole system, against its gateway: every step checks what it
 * is answered, and the first one that is not as it should be ends the demonstration.
 */
public final class Demo {
  private Demo() {}

  /**
   * Runs a demonstration.
   *
   * @param gateway address of the gateway, for example {@code http://localhost:8080}
   * @param out gets the narration
   * @return what was done; a failure is in it, with the request, the status and the body
   * @throws InterruptedException when the thread is interrupted; what was made so far stays
   */
  public static DemoReport run(URI gateway, DemoInput input, PrintStream out)
      throws InterruptedException {
    Narration narration = new Narration(out);
    DemoRun run = new DemoRun(new DemoClient(gateway, narration::note), narration, input);
    String failure = null;
    try {
      narration.say("FaultMaven on " + gateway + ": " + input.story().title());
      steps(run);
      narration.summarize();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // whatever it is, the demonstration has failed and says why
      failure = e instanceof DemoFailure ? String.valueOf(e.getMessage()) : e.toString();
      narration.fail(failure);
    }
    return run.report(failure);
  }

  private static void steps(DemoRun run) throws Exception {
    AccountSteps account = new AccountSteps(run);
    CaseSteps cases = new CaseSteps(run);
    KnowledgeSteps knowledge = new KnowledgeSteps(run);
    InvestigationSteps investigation = new InvestigationSteps(run);

    run.narration().say("Who asks: an account, and a session that remembers what is worked on.");
    account.register();
    account.logIn();
    account.openSession();

    run.narration()
        .say(
            "The case, and the files that belong to it. Each file is classified, analysed"
                + " and redacted while one waits.");
    cases.create();
    cases.uploadAll();
    run.narration().say("The files are answered; events now carry them to the other services.");
    cases.awaitEvidence();
    knowledge.awaitSearchable();

    run.narration()
        .say(
            "What the team knows already: runbooks, found by meaning and quoted with their"
                + " source.");
    knowledge.addRunbooks();
    knowledge.search();
    knowledge.ask();

    run.narration().say("The investigation: a supposed cause, what speaks for it, what is done.");
    investigation.begin();
    investigation.suppose();
    investigation.linkEvidence();
    investigation.validate();
    investigation.propose();
    investigation.apply();
    investigation.resolve();

    run.narration()
        .say("What stays: who did what and when, a document to take away, and an archive.");
    investigation.showTransitions();
    investigation.export();
    investigation.archive();
    investigation.restore();
    account.logOut();
  }
}
