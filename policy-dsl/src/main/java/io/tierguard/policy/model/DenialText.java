package io.tierguard.policy.model;

import java.util.List;

/** Says several denials of one statement in one line, without saying twice what they share. */
public final class DenialText {
    private static final String BECAUSE = ": ";

    private DenialText() {}

    /**
     * The first denial as a full sentence, and of each further one what is new: its reason alone where it is about the
     * same act, its contact only where it is another one.
     */
    public static String of(List<Denial> denials) {
        Denial first = denials.get(0);
        StringBuilder text = new StringBuilder(first.toString());
        String act = act(first);
        for (Denial denial : denials.subList(1, denials.size())) {
            boolean sameAct = !act.isEmpty() && act.equals(act(denial));
            String sentence = sameAct ? denial.sentence().substring(act.length()) : denial.sentence();
            String contact = denial.contact().equals(first.contact()) ? "" : denial.contact();
            text.append(sameAct ? "; also " : "; also: ")
                    .append(new Denial(denial.reason(), sentence, denial.rule(), contact));
        }
        return text.toString();
    }

    /** What a denial's sentence says may not be done, up to the reason. */
    private static String act(Denial denial) {
        int because = denial.sentence().lastIndexOf(BECAUSE);
        return because < 0 ? "" : denial.sentence().substring(0, because + BECAUSE.length());
    }
}
