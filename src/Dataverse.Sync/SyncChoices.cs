using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Lists the options of field mappings that have no counterpart, and adds them on request.</summary>
/// <remarks>Safe for concurrent use. Needs no lease.</remarks>
public sealed class SyncChoices
{
    private readonly EngineServices services;
    private readonly MappingRunner runner;
    private readonly MappingCompiler compiler;

    internal SyncChoices(EngineServices services, MappingRunner runner, MappingCompiler compiler) =>
        (this.services, this.runner, this.compiler) = (services, runner, compiler);

    /// <summary>Lists the options that have no counterpart on a side to which their field is synchronized.</summary>
    /// <remarks>
    /// Reads the tables of the options, and the schemas again. Only fields with an <see cref="OptionMapping"/> are listed.
    /// Whether a record has such an option does not matter.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The options, field by field.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or it is invalid.</exception>
    /// <exception cref="ConnectorException">A system did not answer.</exception>
    public async Task<IReadOnlyList<MissingOption>> ListMissingAsync(
        string mapping, CancellationToken cancellationToken = default)
    {
        _ = await compiler.ReadAgainAsync(cancellationToken).ConfigureAwait(false);
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        return await new MissingOptions(services.Systems, compiled).FindAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds options to the side that lacks them: as records of the option table, or to the choice field.</summary>
    /// <remarks>
    /// <para>The latter changes the customization of the system and needs a connector that implements
    /// <see cref="IChoiceEditor"/>. A label that is longer than a code is cut. Options that have a counterpart by now are left
    /// out. Records with the new options are synchronized by the next full run, or when they are edited.</para>
    /// <para>Business Central: the option mappings insert options and codes by themselves.</para>
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="options">The options, as <see cref="ListMissingAsync"/> lists them.</param>
    /// <param name="cancellationToken">A token that cancels the operation. Options that were added remain.</param>
    /// <returns>The options that were added.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, it is invalid, or options cannot be added to a field. Nothing was added.
    /// </exception>
    /// <exception cref="ConnectorException">A system refused an option or did not answer.</exception>
    public async Task<IReadOnlyList<MissingOption>> AddAsync(
        string mapping, IEnumerable<MissingOption> options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var wanted = options.ToHashSet();
        var missing = await ListMissingAsync(mapping, cancellationToken).ConfigureAwait(false);
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        var additions = new OptionAdditions(services.Systems, compiled);
        List<MissingOption> chosen = [.. missing.Where(wanted.Contains)];
        additions.RequirePossible(chosen);
        try
        {
            foreach (var option in chosen)
            {
                await additions.AddAsync(option, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            compiler.Forget();
        }

        return chosen;
    }
}
