namespace Dataverse.Sync;

/// <content>Initial values of new rows.</content>
public sealed partial class IntegrationTableMappingBuilder
{
    /// <summary>Adds a template, or replaces the one with the same name.</summary>
    /// <param name="template">The template.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="template"/> is null.</exception>
    public IntegrationTableMappingBuilder Template(RecordTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var templates = mapping.Templates.ToList();
        var place = templates.FindIndex(known => HasName(known, template.Name));
        if (place < 0)
        {
            templates.Add(template);
        }
        else
        {
            templates[place] = template;
        }

        return Change(mapping with { Templates = templates });
    }

    /// <summary>Removes a template. Does nothing if there is none with the name.</summary>
    /// <param name="name">The name of the template, compared without regard to letter case.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null, empty, or white space.</exception>
    public IntegrationTableMappingBuilder RemoveTemplate(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Change(mapping with { Templates = [.. mapping.Templates.Where(known => !HasName(known, name))] });
    }

    private static bool HasName(RecordTemplate template, string name) =>
        string.Equals(template.Name, name, StringComparison.OrdinalIgnoreCase);
}
