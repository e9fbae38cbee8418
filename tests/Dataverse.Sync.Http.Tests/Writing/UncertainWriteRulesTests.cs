using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http.Tests;

public sealed class UncertainWriteRulesTests
{
    public static TheoryData<WriteKind, bool, string> Situations
    {
        get
        {
            var data = new TheoryData<WriteKind, bool, string>();
            foreach (var kind in Enum.GetValues<WriteKind>())
            {
                foreach (var evidence in Enum.GetNames<RecordEvidence>())
                {
                    data.Add(kind, true, evidence);
                    data.Add(kind, false, evidence);
                }
            }

            return data;
        }
    }

    [Theory]
    [InlineData(nameof(RecordEvidence.Unreadable), WriteStatus.Unknown, false, false)]
    [InlineData(nameof(RecordEvidence.Absent), WriteStatus.Unknown, true, false)]
    [InlineData(nameof(RecordEvidence.HoldsValues), WriteStatus.Applied, false, true)]
    [InlineData(nameof(RecordEvidence.Differs), WriteStatus.Applied, false, false)]
    public void A_lost_insert_is_recognized_by_the_id_that_we_chose(string evidence, WriteStatus status, bool mayRepeat, bool reports) =>
        UncertainWriteRules.AfterLostResponse(WriteKind.Insert, isRecognizable: true, Of(evidence))
            .Should().Be(new UncertainWriteDecision(status, mayRepeat, reports));

    [Theory]
    [InlineData(nameof(RecordEvidence.Unreadable), WriteStatus.Unknown, false, false)]
    [InlineData(nameof(RecordEvidence.Absent), WriteStatus.NotFound, false, false)]
    [InlineData(nameof(RecordEvidence.HoldsValues), WriteStatus.Applied, false, true)]
    [InlineData(nameof(RecordEvidence.HasExpectedVersion), WriteStatus.Transient, true, false)]
    [InlineData(nameof(RecordEvidence.Differs), WriteStatus.VersionMismatch, false, false)]
    public void A_lost_update_is_recognized_by_its_values_and_version(string evidence, WriteStatus status, bool mayRepeat, bool reports) =>
        UncertainWriteRules.AfterLostResponse(WriteKind.Update, isRecognizable: true, Of(evidence))
            .Should().Be(new UncertainWriteDecision(status, mayRepeat, reports));

    [Theory]
    [InlineData(true, nameof(RecordEvidence.Unreadable), WriteStatus.Unknown, false)]
    [InlineData(true, nameof(RecordEvidence.Absent), WriteStatus.Applied, false)]
    [InlineData(true, nameof(RecordEvidence.HasExpectedVersion), WriteStatus.Transient, true)]
    [InlineData(true, nameof(RecordEvidence.Differs), WriteStatus.VersionMismatch, false)]
    [InlineData(false, nameof(RecordEvidence.Absent), WriteStatus.Applied, false)]
    [InlineData(false, nameof(RecordEvidence.Differs), WriteStatus.Unknown, false)]
    public void A_lost_deletion_is_recognized_by_the_missing_record(bool hasVersion, string evidence, WriteStatus status, bool mayRepeat) =>
        UncertainWriteRules.AfterLostResponse(WriteKind.Delete, hasVersion, Of(evidence)).Should().Be(new UncertainWriteDecision(status, mayRepeat));

    [Theory]
    [MemberData(nameof(Situations))]
    public void A_write_that_cannot_be_recognized_is_never_repeated(WriteKind kind, bool isRecognizable, string evidence)
    {
        var decision = UncertainWriteRules.AfterLostResponse(kind, isRecognizable, Of(evidence));

        decision.Should().Match<UncertainWriteDecision>(made => !made.MayRepeat || isRecognizable);
        decision.Should().Match<UncertainWriteDecision>(made => isRecognizable || kind == WriteKind.Delete || made.Status == WriteStatus.Unknown);
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void A_refusal_without_an_earlier_attempt_is_our_own_work_only_under_our_id_with_our_values(WriteKind kind, bool isRecognizable, string evidence)
    {
        var decision = UncertainWriteRules.AfterRefusal(kind, isRecognizable, mayHaveRun: false, Of(evidence));

        var isOurs = kind == WriteKind.Insert && isRecognizable && Of(evidence) == RecordEvidence.HoldsValues;
        decision.Should().Match<UncertainWriteDecision>(made => made.Status != WriteStatus.Applied || kind == WriteKind.Delete || isOurs);
        decision.ReportsRecord.Should().Be(isOurs);
    }

    [Theory]
    [InlineData(WriteKind.Insert, true, nameof(RecordEvidence.HoldsValues), WriteStatus.Applied)]
    [InlineData(WriteKind.Insert, true, nameof(RecordEvidence.Differs), WriteStatus.Applied)]
    [InlineData(WriteKind.Insert, true, nameof(RecordEvidence.Absent), null)]
    [InlineData(WriteKind.Insert, true, nameof(RecordEvidence.Unreadable), WriteStatus.Unknown)]
    [InlineData(WriteKind.Insert, false, nameof(RecordEvidence.Absent), WriteStatus.Unknown)]
    [InlineData(WriteKind.Update, true, nameof(RecordEvidence.HoldsValues), WriteStatus.Applied)]
    [InlineData(WriteKind.Update, true, nameof(RecordEvidence.Differs), null)]
    [InlineData(WriteKind.Update, true, nameof(RecordEvidence.Absent), WriteStatus.NotFound)]
    [InlineData(WriteKind.Delete, true, nameof(RecordEvidence.Absent), WriteStatus.Applied)]
    [InlineData(WriteKind.Delete, true, nameof(RecordEvidence.Differs), null)]
    public void A_refusal_after_an_uncertain_attempt_stands_unless_the_record_shows_our_own_work(
        WriteKind kind, bool isRecognizable, string evidence, WriteStatus? status) =>
        UncertainWriteRules.AfterRefusal(kind, isRecognizable, mayHaveRun: true, Of(evidence)).Status.Should().Be(status);

    private static RecordEvidence Of(string evidence) => Enum.Parse<RecordEvidence>(evidence);
}
