using CsCheck;
using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Tests.Transformations;

/// <summary>The suite for own rules, applied to one that leads back.</summary>
public sealed class OwnRuleConformanceTests : TransformationRuleConformance
{
    protected override ITransformationRule Rule { get; } = TransformationRules.Custom(
        "Prefix",
        value => FieldValue.Text($"BC-{value}"),
        TransformationLoss.None,
        TransformationRules.Custom("WithoutPrefix", value => FieldValue.Text(value.ToString()[3..])));

    protected override Gen<FieldValue> Values => Gen.String.Select(FieldValue.Text);
}
