using System.Diagnostics.CodeAnalysis;
using Dataverse.Sync.Shapes;

namespace Dataverse.Sync;

/// <summary>A rule that sees records as objects of two classes. Override the members that are needed.</summary>
/// <typeparam name="TLocal">The class of the local records.</typeparam>
/// <typeparam name="TIntegration">The class of the integration records.</typeparam>
/// <remarks>
/// <para>The rule requires the fields of both shapes, so its classes should have only members that it uses. If a class names a
/// table with <see cref="SyncTableAttribute"/>, a rule of the engine is called in mappings of that table only; a rule of a
/// mapping is always called. Types are checked when the mapping is validated.</para>
/// <para>What <see cref="ISyncRule"/> says about instances, exceptions, and repeated calls applies. Objects are created when a
/// member uses them.</para>
/// </remarks>
public abstract class SyncRule<
    [DynamicallyAccessedMembers(RecordCreator.Members)] TLocal,
    [DynamicallyAccessedMembers(RecordCreator.Members)] TIntegration> : ISyncRule, IShapedRule
    where TLocal : class
    where TIntegration : class
{
    private readonly TypedShape<TLocal> local;
    private readonly TypedShape<TIntegration> integration;

    /// <summary>
    /// Initializes a new instance of the <see cref="SyncRule{TLocal, TIntegration}"/> class with all properties of both classes,
    /// by the conventions of Business Central and of Dataverse.
    /// </summary>
    /// <exception cref="ArgumentException">A class has a property for whose type there is no translation.</exception>
    [RequiresDynamicCode("The types of the properties are known only when the shape is built. Pass shapes instead.")]
    protected SyncRule()
        : this(
            TypedShape.Of<TLocal>(FieldConvention.BusinessCentral),
            TypedShape.Of<TIntegration>(FieldConvention.Dataverse))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SyncRule{TLocal, TIntegration}"/> class.</summary>
    /// <param name="local">The shape of the local records.</param>
    /// <param name="integration">The shape of the integration records.</param>
    /// <exception cref="ArgumentNullException">A shape is null.</exception>
    protected SyncRule(TypedShape<TLocal> local, TypedShape<TIntegration> integration)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(integration);
        this.local = local;
        this.integration = integration;
    }

    /// <inheritdoc/>
    public virtual bool AppliesTo(IIntegrationTableMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return mapping.Rules.Contains(this)
            || (mapping.LocalTable == (local.Table ?? mapping.LocalTable)
                && mapping.IntegrationTable == (integration.Table ?? mapping.IntegrationTable));
    }

    /// <inheritdoc/>
    public virtual IReadOnlyList<string> RequiredFields(IIntegrationTableMapping mapping, SyncSide side) =>
        ((IShapedRule)this).ShapeOn(side).Names;

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<DiagnosisFinding>> DiagnoseAsync(
        SyncRunContext run, CancellationToken cancellationToken) => new([]);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<RecordKey>> RecordsWantedAsync(
        RecordsWantedArguments arguments, CancellationToken cancellationToken) =>
        new((IReadOnlyList<RecordKey>)[]);

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<FieldWrite>?> ReferenceMissingAsync(
        ReferenceMissingArguments arguments, CancellationToken cancellationToken) =>
        new((IReadOnlyList<FieldWrite>?)null);

    ValueTask<RecordDecision> ISyncRule.RecordSelectedAsync(
        RecordSelectedArguments arguments, CancellationToken cancellationToken) =>
        arguments.Side == SyncSide.Local
            ? LocalSelectedAsync(Local(arguments.Record), arguments, cancellationToken)
            : IntegrationSelectedAsync(Integration(arguments.Record), arguments, cancellationToken);

    ValueTask<Guid?> ISyncRule.PartnerWantedAsync(
        PartnerWantedArguments arguments, CancellationToken cancellationToken) =>
        arguments.Side == SyncSide.Local
            ? PartnerOfLocalWantedAsync(Local(arguments.Record), arguments, cancellationToken)
            : PartnerOfIntegrationWantedAsync(Integration(arguments.Record), arguments, cancellationToken);

    async ValueTask ISyncRule.FieldsTransferredAsync(
        FieldsTransferredArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Target == SyncSide.Integration)
        {
            var transfer = new TypedTransfer<TLocal, TIntegration>(local, integration, arguments);
            await TransferredToIntegrationAsync(transfer, cancellationToken).ConfigureAwait(false);
            transfer.Apply();
        }
        else
        {
            var transfer = new TypedTransfer<TIntegration, TLocal>(integration, local, arguments);
            await TransferredToLocalAsync(transfer, cancellationToken).ConfigureAwait(false);
            transfer.Apply();
        }
    }

    ValueTask<ConflictDecision> ISyncRule.ConflictDetectedAsync(
        ConflictDetectedArguments arguments, CancellationToken cancellationToken) =>
        ConflictDetectedAsync(
            Local(arguments.Local), Integration(arguments.Integration), arguments, cancellationToken);

    ValueTask<DeletionPolicy?> ISyncRule.DeletionDetectedAsync(
        DeletionDetectedArguments arguments, CancellationToken cancellationToken) =>
        arguments.DeletedSide == SyncSide.Local
            ? LocalDeletedAsync(Integration(arguments.Survivor), arguments, cancellationToken)
            : IntegrationDeletedAsync(Local(arguments.Survivor), arguments, cancellationToken);

    ValueTask<RecordDecision> ISyncRule.BeforeWriteAsync(WriteArguments arguments, CancellationToken cancellationToken) =>
        arguments.Target == SyncSide.Integration
            ? BeforeWriteToIntegrationAsync(LocalSource(arguments), arguments, cancellationToken)
            : BeforeWriteToLocalAsync(IntegrationSource(arguments), arguments, cancellationToken);

    ValueTask ISyncRule.AfterWriteAsync(WriteArguments arguments, CancellationToken cancellationToken) =>
        arguments.Target == SyncSide.Integration
            ? AfterWriteToIntegrationAsync(LocalSource(arguments), arguments, cancellationToken)
            : AfterWriteToLocalAsync(IntegrationSource(arguments), arguments, cancellationToken);

    ITypedShape IShapedRule.ShapeOn(SyncSide side) => side == SyncSide.Local ? local : integration;

    /// <summary>Decides whether a local record takes part; see <see cref="ISyncRule.RecordSelectedAsync"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arguments">The run and the coupling.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns><see cref="RecordDecision.Keep"/>, which is the default, or <see cref="RecordDecision.Skip"/>.</returns>
    protected virtual ValueTask<RecordDecision> LocalSelectedAsync(
        TypedRecord<TLocal> record, RecordSelectedArguments arguments, CancellationToken cancellationToken) =>
        new(RecordDecision.Keep);

    /// <summary>Decides whether an integration record takes part; see <see cref="ISyncRule.RecordSelectedAsync"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arguments">The run and the coupling.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns><see cref="RecordDecision.Keep"/>, which is the default, or <see cref="RecordDecision.Skip"/>.</returns>
    protected virtual ValueTask<RecordDecision> IntegrationSelectedAsync(
        TypedRecord<TIntegration> record, RecordSelectedArguments arguments, CancellationToken cancellationToken) =>
        new(RecordDecision.Keep);

    /// <summary>Finds the partner of an uncoupled local record; see <see cref="ISyncRule.PartnerWantedAsync"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arguments">The run.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The id of the integration record, or null, which is the default.</returns>
    protected virtual ValueTask<Guid?> PartnerOfLocalWantedAsync(
        TypedRecord<TLocal> record, PartnerWantedArguments arguments, CancellationToken cancellationToken) =>
        new((Guid?)null);

    /// <summary>Finds the partner of an uncoupled integration record; see <see cref="ISyncRule.PartnerWantedAsync"/>.</summary>
    /// <param name="record">The record.</param>
    /// <param name="arguments">The run.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The id of the local record, or null, which is the default.</returns>
    protected virtual ValueTask<Guid?> PartnerOfIntegrationWantedAsync(
        TypedRecord<TIntegration> record, PartnerWantedArguments arguments, CancellationToken cancellationToken) =>
        new((Guid?)null);

    /// <summary>
    /// Changes values before an integration record is written; see <see cref="ISyncRule.FieldsTransferredAsync"/>.
    /// </summary>
    /// <param name="transfer">The values.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rule is done.</returns>
    protected virtual ValueTask TransferredToIntegrationAsync(
        TypedTransfer<TLocal, TIntegration> transfer, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Changes values before a local record is written; see <see cref="ISyncRule.FieldsTransferredAsync"/>.</summary>
    /// <param name="transfer">The values.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rule is done.</returns>
    protected virtual ValueTask TransferredToLocalAsync(
        TypedTransfer<TIntegration, TLocal> transfer, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Decides about a field that was changed to different values on both sides; see
    /// <see cref="ISyncRule.ConflictDetectedAsync"/>.
    /// </summary>
    /// <param name="local">The local record.</param>
    /// <param name="integration">The integration record.</param>
    /// <param name="arguments">The run and the field mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The decision. The default is <see cref="ConflictDecision.FollowPolicy"/>.</returns>
    protected virtual ValueTask<ConflictDecision> ConflictDetectedAsync(
        TypedRecord<TLocal> local,
        TypedRecord<TIntegration> integration,
        ConflictDetectedArguments arguments,
        CancellationToken cancellationToken) => new(ConflictDecision.FollowPolicy);

    /// <summary>
    /// Decides about a pair whose local record was deleted; see <see cref="ISyncRule.DeletionDetectedAsync"/>.
    /// </summary>
    /// <param name="survivor">The integration record.</param>
    /// <param name="arguments">The run and the coupling.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The policy for the pair, or null, which is the default.</returns>
    protected virtual ValueTask<DeletionPolicy?> LocalDeletedAsync(
        TypedRecord<TIntegration> survivor, DeletionDetectedArguments arguments, CancellationToken cancellationToken) =>
        new((DeletionPolicy?)null);

    /// <summary>
    /// Decides about a pair whose integration record was deleted; see <see cref="ISyncRule.DeletionDetectedAsync"/>.
    /// </summary>
    /// <param name="survivor">The local record.</param>
    /// <param name="arguments">The run and the coupling.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The policy for the pair, or null, which is the default.</returns>
    protected virtual ValueTask<DeletionPolicy?> IntegrationDeletedAsync(
        TypedRecord<TLocal> survivor, DeletionDetectedArguments arguments, CancellationToken cancellationToken) =>
        new((DeletionPolicy?)null);

    /// <summary>Decides whether an integration record may be written; see <see cref="ISyncRule.BeforeWriteAsync"/>.</summary>
    /// <param name="source">The local record, or null if it was deleted.</param>
    /// <param name="arguments">The run and the write.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns><see cref="RecordDecision.Keep"/>, which is the default, or <see cref="RecordDecision.Skip"/>.</returns>
    protected virtual ValueTask<RecordDecision> BeforeWriteToIntegrationAsync(
        TypedRecord<TLocal>? source, WriteArguments arguments, CancellationToken cancellationToken) =>
        new(RecordDecision.Keep);

    /// <summary>Decides whether a local record may be written; see <see cref="ISyncRule.BeforeWriteAsync"/>.</summary>
    /// <param name="source">The integration record, or null if it was deleted.</param>
    /// <param name="arguments">The run and the write.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns><see cref="RecordDecision.Keep"/>, which is the default, or <see cref="RecordDecision.Skip"/>.</returns>
    protected virtual ValueTask<RecordDecision> BeforeWriteToLocalAsync(
        TypedRecord<TIntegration>? source, WriteArguments arguments, CancellationToken cancellationToken) =>
        new(RecordDecision.Keep);

    /// <summary>Observes the write of an integration record; see <see cref="ISyncRule.AfterWriteAsync"/>.</summary>
    /// <param name="source">The local record, or null if it was deleted.</param>
    /// <param name="arguments">The run, the write, and its result.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rule is done.</returns>
    protected virtual ValueTask AfterWriteToIntegrationAsync(
        TypedRecord<TLocal>? source, WriteArguments arguments, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <summary>Observes the write of a local record; see <see cref="ISyncRule.AfterWriteAsync"/>.</summary>
    /// <param name="source">The integration record, or null if it was deleted.</param>
    /// <param name="arguments">The run, the write, and its result.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>A task that completes when the rule is done.</returns>
    protected virtual ValueTask AfterWriteToLocalAsync(
        TypedRecord<TIntegration>? source, WriteArguments arguments, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    private TypedRecord<TLocal> Local(TableRecord record) => new(local, record);

    private TypedRecord<TIntegration> Integration(TableRecord record) => new(integration, record);

    private TypedRecord<TLocal>? LocalSource(WriteArguments arguments) =>
        arguments.Source is { } source ? Local(source) : null;

    private TypedRecord<TIntegration>? IntegrationSource(WriteArguments arguments) =>
        arguments.Source is { } source ? Integration(source) : null;
}
