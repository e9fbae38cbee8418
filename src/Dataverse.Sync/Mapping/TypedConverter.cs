using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>Converts values as the types of two members.</summary>
internal sealed class TypedConverter<TLocal, TLocalValue, TIntegration, TIntegrationValue>(
    ClassField<TLocal, TLocalValue> local,
    ClassField<TIntegration, TIntegrationValue> integration,
    Func<TLocalValue, TIntegrationValue>? toIntegration,
    Func<TIntegrationValue, TLocalValue>? toLocal) : IFieldConverter
    where TLocal : class
    where TIntegration : class
{
    public FieldValue ToIntegration(FieldValue value) => toIntegration is null
        ? value
        : integration.ToField(toIntegration(local.ToMember(value)!));

    public FieldValue ToLocal(FieldValue value) => toLocal is null
        ? value
        : local.ToField(toLocal(integration.ToMember(value)!));
}
